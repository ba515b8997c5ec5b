"""The frame of the court console: its first page, what waits for a second signature, and its language."""
