from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request

from backend.core.clock import rfc3339_or_none
from backend.core.filings.bodies import FilingSchema, LookupSchema, MessageSchema, WordsStoredSchema
from backend.core.filings.braking import count_words
from backend.core.filings.desk import described, find_by_lookup, shred_store
from backend.core.filings.filing import Beside, Target
from backend.core.filings.intake import Intake
from backend.core.http import UNSTORED_TOLD, Blueprint, database, settings, unstored
from backend.core.problems import PROBLEM_JSON, ProblemSchema
from backend.objections import reminders
from backend.objections.domain import PURPOSE, public_state
from backend.objections.schemas import (
    ObjectionFiledSchema,
    ObjectionStatusSchema,
    ReminderRequestSchema,
    ReminderSchema,
    WithdrawnSchema,
)
from backend.objections.service import Standing, find_aim, find_standing, opening_duty

objections = Blueprint(
    "objections", __name__, url_prefix="/v1", description="Sealed requests to withdraw, correct or delete a listing."
)
_intake = Intake(PURPOSE, challenges="objections", acceptance="accepts_objections")


@objections.before_request
def read_quietly() -> None:
    _intake.read_quietly(files=request.endpoint == "objections.create_objection")


@objections.route("/objections", methods=["POST"])
@objections.response(201, ObjectionFiledSchema, headers=UNSTORED_TOLD)
@objections.alt_response(
    409, schema=ProblemSchema, content_type=PROBLEM_JSON,
    description="The court takes no objections here, has another key now, or the receipt was used for something else",
)  # fmt: skip
@objections.arguments(FilingSchema)
def create_objection(body: dict[str, Any]) -> Response:
    """File an objection that only the court can read

    Sent again as it is, it is filed once and gets the same answer, without another proof of work.
    """
    filing = _intake.file(body, _find_aim)
    standing = find_standing(database(), body["lookup"])
    return unstored(described(filing) | _course(standing, body["lookup"]), 201)


@objections.route("/objections/status", methods=["POST"])
@objections.response(200, ObjectionStatusSchema, headers=UNSTORED_TOLD)
@objections.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@objections.arguments(LookupSchema)
def show_objection(body: dict[str, Any]) -> Response:
    """How an objection stands, and what the court has answered"""
    filing, said = _intake.follow(body["lookup"])
    standing = find_standing(database(), body["lookup"])
    return unstored(
        said
        | _course(standing, body["lookup"])
        | {
            "state": public_state(filing.state, standing.outcome, acted=standing.acted),
            "outcome": standing.outcome,
            "decided_on": standing.decided_on.isoformat() if standing.decided_on else None,
            "removal_code": standing.removal_code,
            "stopped_at": rfc3339_or_none(standing.stopped_at),
            "review": _review(standing),
        }
    )


@objections.route("/objections/messages", methods=["POST"])
@objections.response(201, WordsStoredSchema, headers=UNSTORED_TOLD)
@objections.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@objections.alt_response(
    409, schema=ProblemSchema, content_type=PROBLEM_JSON, description="Other words have this number"
)
@objections.arguments(MessageSchema)
def create_message(body: dict[str, Any]) -> Response:
    """Later words to the court, sealed; sent again as they are, they are stored once"""
    return _intake.add_words(body)


@objections.route("/objections/reminders", methods=["POST"])
@objections.response(201, ReminderSchema, headers=UNSTORED_TOLD)
@objections.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@objections.alt_response(
    409, schema=ProblemSchema, content_type=PROBLEM_JSON,
    description="This service sends no reminders, or the objection is decided",
)  # fmt: skip
@objections.alt_response(
    503, schema=ProblemSchema, content_type=PROBLEM_JSON, description="WeChat does not answer; ask with another code"
)
@objections.arguments(ReminderRequestSchema)
def create_reminder(body: dict[str, Any]) -> Response:
    """Ask for one WeChat message, without name or content, when the court has answered

    Kept until it is sent: whom to remind, under the filing's own key. Tips have nothing of the kind.
    """
    filing = find_by_lookup(body["lookup"], PURPOSE)
    count_words()
    wanted = reminders.Request(filing, body["lookup"], body["code"])
    reminders.ask(database(), shred_store(), settings().wechat, wanted)
    return unstored({"template_id": settings().wechat.template_id, "asked": True}, 201)


@objections.route("/objections/reminders/withdrawals", methods=["POST"])
@objections.response(200, WithdrawnSchema, headers=UNSTORED_TOLD)
@objections.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@objections.arguments(LookupSchema)
def create_withdrawal(body: dict[str, Any]) -> Response:
    """Forget whom to remind; done again, or without one, it is the same"""
    find_by_lookup(body["lookup"], PURPOSE)
    count_words()
    reminders.withdraw(database(), body["lookup"])
    return unstored({"asked": False})


def _find_aim(court: UUID, target: UUID) -> tuple[Target, Beside]:
    aim = find_aim(database(), court, target)
    return aim.target, opening_duty(court, aim)


def _review(standing: Standing) -> dict[str, Any] | None:
    asked_on, due_on, decided_on = standing.review_asked_on, standing.review_due_on, standing.review_decided_on
    if asked_on is None or due_on is None:
        return None
    return {
        "asked_on": asked_on.isoformat(),
        "answer_by": due_on.isoformat(),
        "decided_on": decided_on.isoformat() if decided_on else None,
        "outcome": standing.review_outcome,
        "act": standing.review_act,
    }


def _course(standing: Standing, lookup: bytes) -> dict[str, Any]:
    reminder = None if standing.outcome else reminders.find_offer(database(), settings().wechat, lookup)
    return {
        "answer_by": standing.due_on.isoformat(),
        "working_days_left": standing.working_days_left,
        "reminder": reminder,
    }
