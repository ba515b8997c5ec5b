"""The listed: map tiles, search and the page that explains each listing.

routes.py                 what is asked and answered; schemas.py and answer_schemas.py say which shapes
brakes.py                 the brakes on bulk reading of people
domain.py                 filters, search terms, cursors and tiles, without web or database
wording.py                how a listing ends and how to object, in plain words
duties.py                 what a court must still do about a listing
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
matches.py                who a search finds, page by page: by a case number, a credit code, or a name
name_search.py              names that may be meant by what people type, tier after tier
name_similar.py             names one character away, or of the same sound
name_statements.py          who bears a name
details.py                the page of one of the listed
self_check.py             whether somebody is listed, by a masked number and a name of which nothing stays
answers.py                rows to the shapes of the public contract
"""
