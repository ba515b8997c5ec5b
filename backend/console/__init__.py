"""The frame of the court console: its first page, what waits for a second signature, its language, and its built files.

console.py        today, approvals, language
queries.py        what is due, overdue, new, and waiting for somebody else
wording.py        what the first page calls each duty
audit_console.py  the audit trail's own page
audit_queries.py  which of its entries that shows
audit_words.py    what its entries are called
trail_checks.py   verifications of the audit trail that an auditor asks for
assets.py         the built modules and styles, under names that hold a hash of their content
"""
