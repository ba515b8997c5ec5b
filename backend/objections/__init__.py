"""Objections: requests under Article 11 to withdraw, correct or delete a listing, sealed to the court that decides.

domain.py    how a decision is told, and what state the public sees
service.py   filing, following, and the officers' decisions
reminders.py one WeChat message that the court has answered
jobs.py      sends it
routes.py    POST /v1/objections …
meant.py     which listings are meant where no case is named
reviews.py   how a review of a decision ends
console.py, console_reviews.py   officers' pages, through which only ciphertexts pass
commands.py  `flask --app backend objections …`
"""
