"""One act on several listings at once: the officer sees which, and types how many."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.approvals import CountNotTyped
from backend.core.desk import read_form, render
from backend.core.desk_tables import PAGE_ROWS
from backend.core.errors import Conflict, Invalid, ProductError
from backend.core.officers import Signatures
from backend.core.sessions import current_session
from backend.listings import desk_queries as queries
from backend.listings.console import listings_desk
from backend.listings.domain.life import EARLY_DELETION, FILE_CAUSES, NOT_FOUND
from backend.listings.life import Found, Move, find_today, move, record_cause
from backend.listings.schemas import BulkForm

# What can be done to several, and by the causes of which acts.
_ACTIONS = {
    "record_cause": ("withdraw", "delete"), "delete": ("delete",), "withdraw": ("withdraw",), "suspend": ("suspend",),
}  # fmt: skip
# What files say, what is decided of one listing at a time, and what is recorded of the person.
_NOT_CHOSEN = FILE_CAUSES | {EARLY_DELETION, "minor", "death"}


@listings_desk.get("/several")
@allow("clerk", fresh=True)
def show_several() -> Response:
    """Which listings were chosen, what can be done to all of them, and for which causes; `?action=` chooses it.

    With `?done=`, what was just done to them.
    """
    action, done = request.args.get("action", ""), request.args.get("done", "")
    with court_transaction() as connection:
        rows = queries.list_chosen(connection, _chosen(request.args.getlist("listing")))
        known = (one for act in _ACTIONS.get(action, ()) for one in queries.list_causes(connection, act))
        hidden = _NOT_CHOSEN | NOT_FOUND if action == "record_cause" else _NOT_CHOSEN
        causes = {one["code"]: one for one in known if one["code"] not in hidden}
        return render(
            "listings/several.html", rows=rows, actions=_ACTIONS, action=action, causes=list(causes.values()),
            done=done if done in _ACTIONS else "",
        )  # fmt: skip


@listings_desk.post("/several")
@allow("clerk", fresh=True)
def take_several() -> Response:
    """All of them or none; whoever leaves the list for a stated cause waits for nobody's second signature.

    Raises:
        CountNotTyped: another number was typed.
        Conflict: one of them cannot be moved so; says which.
    """
    form = read_form(BulkForm())
    if form["cause"] in _NOT_CHOSEN:
        raise Invalid("Such a cause is decided for one listing at a time.")
    signed = Signatures(current_session().officer)
    with court_transaction() as connection:
        rows = queries.list_chosen(connection, _chosen(request.form.getlist("listing")))
        if form["count"] != len(rows):
            raise CountNotTyped
        today = find_today(connection)
        for row in rows:
            try:
                if form["action"] == "record_cause":
                    record_cause(connection, row["id"], Found(form["cause"], today, form["reason"]), signed)
                else:
                    move(connection, row["id"], Move(form["action"], form["cause"], note=form["reason"]), signed)
            except ProductError as error:
                raise Conflict(f"{row['case_number']}: {error.title}. {error.detail} Nothing was changed.") from None
    chosen = [row["id"] for row in rows]
    return redirect(url_for("listings_desk.show_several", listing=chosen, done=form["action"]), 303)


def _chosen(given: list[str]) -> list[UUID]:
    """Raises Invalid for none, for too many, and for what is no id."""
    if not 1 <= len(given) <= PAGE_ROWS:
        raise Invalid(f"Choose 1 to {PAGE_ROWS} listings.")
    try:
        return [UUID(one) for one in given]
    except ValueError:
        raise Invalid("That is no listing.") from None
