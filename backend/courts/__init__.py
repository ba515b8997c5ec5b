"""Courts and the six grounds of listing.

domain.py      which courts follow from the area codes, and how files write their names
seed.py        reads the committed corrections, an operator's own corrections, and the grounds
service.py     loads all of them into the register
keeping.py     a keeper's hands: stating keys, and sealing secrets to whoever may hold them
keys.py        a court's keys by command line: made, rotated, given, taken away, recovered, certified
keys_of_officers.py   officers' keys at the console: compared in person, granted, taken away
keys_at_desk.py       the court's own, made in the keeper's browser; key_plan.py says what is to be done next

Who acts for a court, and how they sign in:

officer_rules.py      which roles go together, and whose password a keeper hands out (docs/adr/0027)
officers.py           officers by command line; officer_changes.py at the console, by one hand or two; officer_tables.py
opening.py            what a court says of itself before the public may write to it (docs/adr/0019)
sign_in.py            passwords; sign_in_rules.py says which are good, sign_in_delays.py how long a guesser waits,
                      but not in known_browsers.py
sign_in_codes.py      time-based codes and recovery codes; sign_in_passkeys.py passkeys
*_console.py          the pages: sign_in, account (one's own sign-in), settings, officers, keys, keys_making
demo_desk.py          a way in for the demo's invented officers; demo_keys.py their keys
"""
