"""Listings: what a court's file becomes.

domain/        the rules, without Flask and without a database

A file on its way into the register:

mapping.py     which column of a file holds which field (`mapping.toml` is the default)
sniff.py       what kind of file it is, by its content
readers.py     rows of JSON, CSV and XLSX (xlsx.py) files, streamed
intake.py      rows checked, or known, or quarantined; staging.py what of them may be stored
keys.py        the identity key and the keyed hashes made with it
queries.py     staging and set-based apply, in one transaction
importing.py   one import inside a transaction; service.py as a whole piece of work
traces.py      the events and the entry in the trail that it leaves
quarantine.py  the XLSX of rows that could not be taken; memory_xlsx.py the same without a file
lists.py, list_checks.py, lists_applying.py, lists_taking_back.py   a list uploaded at the console
demo/          fictional listings, through the same import

What becomes of a listing:

drafting.py    drafts of a court's own decisions
life.py, findings.py, withheld.py   what officers do to it; writing.py how an act is written
holders.py     who looks after it
removal_notices.py   the signed notice that it has ended
retention.py   what is forgotten, and when; jobs.py what runs by itself
console*.py, desk_queries.py, list_desk_queries.py   the pages of both
commands.py    `listings import`, `demo fill`, `demo clear`; life_commands.py what officers do
"""
