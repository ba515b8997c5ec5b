"""The listed: map tiles, search and the page that explains each listing.

domain.py                 filters, search terms, cursors and tiles, without web or database
wording.py                how a listing ends and how to object, in plain words
statements.py             statements composed once for each shape of a request
queries.py                the one filtered selection
list_queries.py           pages of it, in the order of one of
list_by_publication.py      the newest first: all, an area's, a court's
list_in_box.py              the newest first in a box
list_by_distance.py         the nearest first
freshness.py              how fresh an answer is
tile_queries.py           the same selection, counted for map tiles, out of
tile_areas.py               areas and their numbers
tile_cells.py               bodies at their points
tile_geojson.py             and written as GeoJSON
tile_vector.py              or as a vector tile
details.py                the page of one of the listed
answers.py                rows to the shapes of the public contract
"""
