"""Listings: what a court's file becomes.

domain/        the rules, without Flask and without a database
mapping.py     which column of a file holds which field (`mapping.toml` is the default)
sniff.py       what kind of file it is, by its content
readers.py     rows of JSON, CSV and XLSX files, streamed
keys.py        the identity key and the keyed hashes made with it
queries.py     staging and set-based apply, in one transaction
service.py     an import from file to summary
quarantine.py  the XLSX of rows that could not be taken
life.py, findings.py, withheld.py   what officers do to a listing
holders.py     who looks after it
lists.py, lists_applying.py, lists_taking_back.py   a list uploaded at the console: checked, applied, taken back
console*.py                         the pages of both
demo/          fictional listings, through the same import
commands.py    `listings import`, `demo fill`, `demo clear`
"""
