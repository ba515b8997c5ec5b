"""Filings: what a sender seals to a court, kept so that only the court reads it and so that it can be destroyed.

Knows no feature and no route (docs/adr/0011). The protocol's bytes are `backend.core.sealing`'s.

shred_store.py   the one key of each filing, outside every database
cert_key.py      the server's own key, by which it certifies
bodies.py        what a request must look like
filing.py        storing, numbering and certifying; finding again
messages.py      what is written after it, in both directions
keyring.py       how officers come to a court's secret keys
roles.py         which role holds which key; readers.py which officers do, to whom a filing can be handed over
reading.py       opening a filing as an officer by command line, logged and limited
lending.py       the same at the console, whose browser opens it
shredding.py     destroying, sweeping, and checking that no row lacks its key; jobs.py and commands.py run it
intake.py        what the routes of every kind do alike; desk.py what they answer
officers.py      what officers' command lines share
braking.py       limits by address and by what a filing is about
refusals.py      why a filing is refused
"""
