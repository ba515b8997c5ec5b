"""The court's listings at the console: find one, read its whole history, print what was decided about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, read_form, render
from backend.core.officers import WORKING
from backend.core.sessions import current_session
from backend.listings import console_words as words
from backend.listings import desk_queries as queries
from backend.listings.console_history import history_of
from backend.listings.console_possible import possible_steps
from backend.listings.holders import find_holder, hand_over, list_clerks
from backend.listings.schemas import HandOverForm

listings_desk = DeskBlueprint("listings_desk", __name__, "/court/listings")
# What a paper is printed for: acts that somebody is told of.
PRINTED = (
    "decide", "discard", "grant_grace", "publish", "correct", "suspend", "resume", "withdraw", "delete", "expire",
    "relist", "keep", "release_text", "keep_text",
)  # fmt: skip


@listings_desk.app_context_processor
def name_codes() -> dict[str, Any]:
    """What templates need to name codes."""
    return {"listing_words": words}


@listings_desk.get("/")
@allow(*WORKING)
def show_list() -> Response:
    """Listings by name, case, state, ground and what they lack; all of them as CSV only with a fresh second factor."""
    sought = queries.Sought(
        request.args.get("q", "").strip()[:100],
        request.args.get("state", ""),
        _ground(request.args.get("ground", "")),
        request.args.get("lacks", ""),
    )
    wants_file = request.args.get("csv") == "1"
    if wants_file and not current_session().is_fresh:
        return redirect(url_for("sign_in.prove", next=request.full_path), 303)
    with court_transaction() as connection:
        table = queries.table_of(sought)
        if wants_file:
            _note_reading(connection)
            return table.csv(connection, "listings")
        return render(
            "listings/found.html", page=table.fetch(connection), sought=sought,
            grounds=queries.list_grounds(connection), gaps=queries.count_gaps(connection),
        )  # fmt: skip


@listings_desk.get("/<uuid:listing>")
@allow(*WORKING)
def show(listing: UUID) -> Response:
    """One listing with all that ever happened to it, and what can be done now."""
    with court_transaction() as connection:
        row = queries.find_listing(connection, listing)
        history = history_of(row, queries.list_history(connection, listing))
        if request.args.get("csv") == "1":
            return history.csv("history")
        return render(
            "listings/listing.html", listing=row, page=history.page(),
            duties=queries.list_duties(connection, listing), withheld=queries.list_withheld(connection, listing),
            waiting=queries.list_waiting_of(connection, listing), printed=PRINTED,
            holder=find_holder(connection, listing), clerks=list_clerks(connection),
            grounds=words.grounds_of(row["ground_mask"], queries.list_grounds(connection)),
            steps=possible_steps(connection, row) if "clerk" in current_session().officer.roles else [],
        )  # fmt: skip


@listings_desk.post("/<uuid:listing>/hand-over")
@allow("clerk")
def hand_on(listing: UUID) -> Response:
    """Take a listing's duties in hand, or hand them over."""
    to = read_form(HandOverForm())["to"]
    with court_transaction() as connection:
        hand_over(connection, current_session().officer, listing, to)
    return redirect(url_for("listings_desk.show", listing=listing), 303)


@listings_desk.get("/<uuid:listing>/papers/<int:event>")
@allow(*WORKING)
def show_paper(listing: UUID, event: int) -> Response:
    """What was decided, on A4."""
    with court_transaction() as connection:
        row = queries.find_listing(connection, listing)
        return render(
            "listings/paper.html", listing=row, event=queries.find_event(connection, listing, event),
            grounds=words.grounds_of(row["ground_mask"], queries.list_grounds(connection)),
        )  # fmt: skip


def _note_reading(connection: Connection) -> None:
    officer = current_session().officer
    append(connection, [Record("listings.export", {"officer": officer.id}, officer.court_id)])


def _ground(text: str) -> int | None:
    return int(text) if text in {"1", "2", "3", "4", "5", "6"} else None
