"""Tips: what somebody knows, sealed to the court that enforces; and the rewards that are paid for it.

domain.py          what may be decided, what state the bearer of a receipt sees, and what a reward comes to
service.py         filing, following, and the officers' decisions
claim_filing.py    claims of rewards as phones send them
claims.py          claims as officers open, propose, approve and export them
routes.py          POST /v1/tips …, /v1/claims
console.py         the court console's inbox; console_claims.py its claims and payments
claim_lending.py   a claim as a reward officer's browser opens it
claim_steps.py     what a second officer signs of a reward
commands.py        `flask --app backend tips …`
claim_commands.py  `flask --app backend claims …`, likewise
jobs.py            what runs by itself
"""
