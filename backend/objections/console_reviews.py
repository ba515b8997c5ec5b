"""Reviews (复议) at the console: asked for at the court that decided, decided by the next higher one, seen by both."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.desk import read_form, render
from backend.core.errors import Conflict
from backend.core.sessions import current_session
from backend.objections import reviews, service, wording
from backend.objections.console import objections_desk
from backend.objections.desk_queries import review_table
from backend.objections.domain import ACTS, READERS, REVIEW_OUTCOMES, REVIEWABLE, NotDecided, ReviewDecision
from backend.objections.meant import find_meant
from backend.objections.schemas import FoundForm, ReviewForm


@objections_desk.get("/<int:number>/review")
@allow(*READERS)
def show_asking(number: int) -> Response:
    """The form that records that a review was asked for; where it was, the review itself."""
    with court_transaction() as connection:
        row = service.find_desk_objection(connection, number)
        way = service.find_review(connection, current_session().officer.court_id, row["decided_on"])
    if row["review_id"]:
        return redirect(url_for("objections_desk.show_review", review=row["review_id"]), 303)
    if row["outcome"] not in REVIEWABLE:
        raise NotDecided
    return render("objections/asking.html", objection=row, way=way, wording=wording)


@objections_desk.post("/<int:number>/review")
@allow("clerk")
def review(number: int) -> Response:
    """Record that the next higher court was asked for review (复议), which opens its duty."""
    with court_transaction() as connection:
        row = service.find_desk_objection(connection, number)
        service.record_review(connection, row["filing_id"], number, current_session().officer.id)
    return redirect(url_for("objections_desk.show_asking", number=number), 303)


@objections_desk.get("/reviews")
@allow(*READERS)
def list_reviews() -> Response:
    """Reviews that the court decides, and those of its own decisions, by their clock; `?state=open` narrows it."""
    table = review_table(open_only=request.args.get("state") == "open")
    with court_transaction() as connection:
        if request.args.get("csv"):
            return table.csv(connection, "reviews")
        page = table.fetch(connection)
    return render("objections/reviews.html", page=page)


@objections_desk.get("/reviews/<uuid:review>")
@allow(*READERS)
def show_review(review: UUID) -> Response:
    """What is under review, as far as it is not sealed, and how it ended or the form that records it."""
    with court_transaction() as connection:
        row = reviews.find_review(connection, review)
    return render("objections/review.html", review=row, wording=wording, outcomes=REVIEW_OUTCOMES, acts=ACTS)


@objections_desk.post("/reviews/<uuid:review>")
@allow("clerk")
def decide_review(review: UUID) -> Response:
    """Record how a review ended, with its reason."""
    form = read_form(ReviewForm())
    with court_transaction() as connection:
        reviews.decide_review(connection, current_session().officer, review, ReviewDecision(**form))
    return redirect(url_for("objections_desk.show_review", review=review), 303)


@objections_desk.post("/reviews/<uuid:review>/listings")
@allow("clerk")
def name_listings(review: UUID) -> Response:
    """Say which of the court's listings a reversal means, where whoever filed named none."""
    named = read_form(FoundForm())["listings"].split()
    with court_transaction() as connection:
        listings = find_meant(connection, named)
        reviews.name_listings(connection, current_session().officer, review, listings)
    return redirect(url_for("objections_desk.show_review", review=review), 303)


@objections_desk.get("/reviews/<uuid:review>/print")
@allow(*READERS)
def print_review(review: UUID) -> Response:
    """How a review ended, on A4."""
    with court_transaction() as connection:
        row = reviews.find_review(connection, review)
    if row["outcome"] is None:
        raise Conflict("This review is not decided yet.")
    return render("objections/review_paper.html", review=row, wording=wording)
