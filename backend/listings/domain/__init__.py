"""Rules that turn a row of a court's file into a listing, or say why it cannot be one; no Flask, no database."""
