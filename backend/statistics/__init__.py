"""Numbers of a court, rounded so that nobody shows in them."""
