"""Sealing: what the phone, the court's officers and the server each do with a filing that only the court may read.

The rules stand in docs/adr/0010; the phone's side is miniprogram/pages/filings/seal. The server needs `rows`,
`chains` and `certificates`; the other modules play the other parties in tests and tools, and are what the vectors in
tests/data/protocol_vectors.json are made of. Nothing here knows a feature, a table or a route.
"""
