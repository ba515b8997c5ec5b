"""What the installation as a whole says of itself: where the map opens, and whether its data are fictional."""
