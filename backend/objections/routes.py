from __future__ import annotations

from typing import Any

from flask import Response, request

from backend.core.filings.bodies import FilingSchema, LookupSchema, MessageSchema
from backend.core.filings.braking import count_filing, count_words
from backend.core.filings.desk import (
    SMALL_BODY,
    box_statements,
    boxed,
    described,
    expires_on,
    find_by_lookup,
    present_key,
    refuse_old_key,
    shred_store,
    take_body,
    unstored,
)
from backend.core.filings.filing import Filing, Submission, Target, find, same_contents
from backend.core.filings.messages import Words, add_words, list_answers
from backend.core.filings.refusals import TooManyWords
from backend.core.http import Blueprint, database, settings
from backend.core.limits import spend_proof
from backend.core.problems import PROBLEM_JSON, ProblemSchema
from backend.objections.domain import PURPOSE, public_state
from backend.objections.schemas import ObjectionFiledSchema, ObjectionStatusSchema, WordsStoredSchema
from backend.objections.service import Standing, file_objection, find_aim, find_standing

objections = Blueprint(
    "objections", __name__, url_prefix="/v1", description="Sealed requests to withdraw, correct or delete a listing."
)
_NO_STORE = {"Cache-Control": {"description": "`no-store`", "schema": {"type": "string"}}}
_CHALLENGES = "objections"


@objections.before_request
def read_quietly() -> None:
    files = request.endpoint == "objections.create_objection"
    take_body(settings().filings.max_bytes if files else SMALL_BODY)


@objections.route("/objections", methods=["POST"])
@objections.response(201, ObjectionFiledSchema, headers=_NO_STORE)
@objections.alt_response(
    409, schema=ProblemSchema, content_type=PROBLEM_JSON,
    description="The court takes no objections here, has another key now, or the receipt was used for something else",
)  # fmt: skip
@objections.arguments(FilingSchema)
def create_objection(body: dict[str, Any]) -> Response:
    """File an objection that only the court can read

    Sent again as it is, it is filed once and gets the same answer, without another proof of work.
    """
    submission = _submission(body, Target("", body["target"]))
    known = find(database(), submission.lookup)
    if known is None:
        refuse_old_key(submission.key_id, present_key(submission.court, "accepts_objections"))
        aim = find_aim(database(), submission.court, body["target"])
        spend_proof(_CHALLENGES, body["challenge"])
        count_filing(PURPOSE, aim.target)
        filing = file_objection(database(), shred_store(), _submission(body, aim.target), aim)
    else:
        filing = same_contents(known, submission)
    standing = find_standing(database(), submission.lookup)
    return unstored(_filed(filing, standing), 201)


@objections.route("/objections/status", methods=["POST"])
@objections.response(200, ObjectionStatusSchema, headers=_NO_STORE)
@objections.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@objections.arguments(LookupSchema)
def show_objection(body: dict[str, Any]) -> Response:
    """How an objection stands, and what the court has answered"""
    filing = find_by_lookup(body["lookup"], PURPOSE)
    standing = find_standing(database(), body["lookup"])
    answers = list_answers(database(), shred_store(), filing, body["lookup"])
    return unstored(
        _filed(filing, standing)
        | {
            "state": public_state(filing.state, standing.outcome, acted=standing.acted),
            "outcome": standing.outcome,
            "decided_on": standing.decided_on.isoformat() if standing.decided_on else None,
            "removal_code": standing.removal_code,
            "messages": boxed(answers),
            "keys": box_statements(filing, answers),
            "expires_on": expires_on(filing),
        }
    )


@objections.route("/objections/messages", methods=["POST"])
@objections.response(201, WordsStoredSchema, headers=_NO_STORE)
@objections.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@objections.alt_response(
    409, schema=ProblemSchema, content_type=PROBLEM_JSON, description="Other words have this number"
)
@objections.arguments(MessageSchema)
def create_message(body: dict[str, Any]) -> Response:
    """Later words to the court, sealed; sent again as they are, they are stored once"""
    filing = find_by_lookup(body["lookup"], PURPOSE)
    if body["n"] > settings().filings.messages_per_filing:
        raise TooManyWords(f"At most {settings().filings.messages_per_filing}.")
    if "challenge" in body:
        spend_proof(_CHALLENGES, body["challenge"])
    count_words()
    key_id = body.get("key_id") or present_key(filing.court_id, "accepts_objections")
    add_words(database(), shred_store(), filing, body["lookup"], Words(body["n"], key_id, body["sealed"]))
    return unstored({"n": body["n"]}, 201)


def _submission(body: dict[str, Any], target: Target) -> Submission:
    return Submission(
        PURPOSE, body["court"], target, body["key_id"], body["lookup"], body["sealed"], tuple(body["photos"])
    )


def _filed(filing: Filing, standing: Standing) -> dict[str, Any]:
    return described(filing) | {"answer_by": standing.due_on.isoformat()}
