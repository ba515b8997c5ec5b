"""Tips: what somebody knows, sealed to the court that enforces; and the rewards that are paid for it.

domain.py          what may be decided, and what state the bearer of a receipt sees
service.py         filing, following, and the officers' decisions
routes.py          POST /v1/tips …
commands.py        `flask --app backend tips …`, until the console has its pages
"""
