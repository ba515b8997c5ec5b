"""The change feed: who came, changed and left, so that whoever keeps a copy of the list can forget with it."""
