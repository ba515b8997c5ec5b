"""The court listings map: what is where, and which way imports run.

    app.py      create_app(): the one place that mounts features
    cli.py      the command line: `flask --app backend …`
    config.py   every setting, from the environment
    run.py      `demo serve`: the whole product on one machine
    web.py      serves the mini-program's pages to browsers
    core/       knows no feature: database, errors, HTTP, the console's guard, sealed filings, geometry, names
    areas/      administrative divisions and their outlines
    changes/    the change feed: who came, changed and left
    clocks/     the law's time limits, causes, calendar and terms of retention, as rows
    console/    the frame of the court console; each feature brings its own console.py
    courts/     courts and the six grounds; officers, sign-in and keys
    entities/   the listed: map tiles, search, detail, self-check
    listings/   the life of a listing: import, decision, publication, correction, end; placement; demo data
    notices/    reward notices: their life, and what the public reads of them
    objections/ sealed requests to withdraw, correct or delete a listing, and their clocks
    removals/   removal notices, to be checked by whoever was shown one
    site/       where the map opens, and whether what it shows is invented
    statistics/ numbers of courts, rounded
    tips/       sealed tips, and the rewards that are claimed for them
    visitors/   anonymous readers and the proofs of work that make them

Inside a feature, imports run `routes` → `service` → `schemas`/`queries` → `domain`. Features never import each
other: they meet in SQL. Only `app.py` and `cli.py` know every feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> Flask:
    """Build the application; imported late, so that domain rules load without Flask.

    Raises:
        SystemExit: a setting makes no sense; its message is one sentence, for the command line and the server alike.
    """
    from backend.app import create_app as build
    from backend.core.bodies import read_bodies_first
    from backend.core.errors import OperatorError

    try:
        app = build()
        read_bodies_first(app)
    except OperatorError as error:
        raise SystemExit(f"Error: {error}") from None
    return app
