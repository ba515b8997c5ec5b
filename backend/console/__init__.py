"""The court console: pages for officers, at `/court`."""
