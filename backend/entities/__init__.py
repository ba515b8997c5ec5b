"""The listed: map tiles, search and the page that explains each listing.

domain.py          filters, search terms, cursors and tiles, without web or database
wording.py         how a listing ends and how to object, in plain words
statements.py      statements composed once for each shape of a request
queries.py         the one filtered selection
list_queries.py    pages of it
tile_queries.py    the same selection, counted for map tiles
details.py         the page of one of the listed
answers.py         rows to the shapes of the public contract
"""
