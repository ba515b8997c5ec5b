"""Tips: what somebody knows, sealed to the court that enforces; and the rewards that are paid for it.

domain.py          what may be decided, what state the bearer of a receipt sees, and what a reward comes to
service.py         filing, following, and the officers' decisions
claim_filing.py    claims of rewards as phones send them
claims.py          claims as officers open, propose, approve and export them
routes.py          POST /v1/tips …, /v1/claims
jobs.py            what is done about tips every day
commands.py        `flask --app backend tips …`, until the console has its pages
claim_commands.py  `flask --app backend claims …`, likewise
"""
