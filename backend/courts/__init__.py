"""Courts and the six grounds of listing.

domain.py      which courts follow from the area codes, and how files write their names
seed.py        reads the committed corrections, an operator's own corrections, and the grounds
service.py     loads all of them into the register
keeping.py     a keeper's hands: stating keys, and sealing secrets to whoever may hold them
keys.py        a court's keys: made, rotated, given, taken away, recovered
"""
