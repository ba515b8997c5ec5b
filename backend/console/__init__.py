"""The frame of the court console: its first page, what waits for a second signature, its language, and its built files.

console.py    today, approvals, language
assets.py     the built modules and styles, under names that hold a hash of their content
trail_checks.py  verifications of the audit trail that an auditor asks for
queries.py    what is due, overdue, new, and waiting for somebody else
"""
