from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request

from backend.core.filings.bodies import FilingSchema, LookupSchema, MessageSchema, WordsStoredSchema
from backend.core.filings.braking import count_words, mark_of
from backend.core.filings.desk import described, find_by_lookup, shred_store
from backend.core.filings.filing import Beside, Target
from backend.core.filings.intake import Intake
from backend.core.http import UNSTORED_TOLD, Blueprint, database, unstored
from backend.core.problems import PROBLEM_JSON, ProblemSchema
from backend.core.sealing.receipts import row_key
from backend.tips.claim_filing import ClaimSent, file_claim
from backend.tips.domain import PURPOSE, public_state
from backend.tips.schemas import ClaimFiledSchema, ClaimSchema, TipFiledSchema, TipStatusSchema
from backend.tips.service import find_standing, find_target, opening_tip

tips = Blueprint("tips", __name__, url_prefix="/v1", description="Sealed tips, which only the court can read.")
_intake = Intake(PURPOSE, challenges="tips", acceptance="accepts_tips")


@tips.before_request
def read_quietly() -> None:
    _intake.read_quietly(files=request.endpoint == "tips.create_tip")


@tips.route("/tips", methods=["POST"])
@tips.response(201, TipFiledSchema, headers=UNSTORED_TOLD)
@tips.alt_response(
    409, schema=ProblemSchema, content_type=PROBLEM_JSON,
    description="The court takes no tips here, has another key now, or the receipt was used for something else",
)  # fmt: skip
@tips.arguments(FilingSchema)
def create_tip(body: dict[str, Any]) -> Response:
    """Send a tip that only the court can read

    About a running notice, a listing or an entity of the court, or the court itself. No token and no cookie is asked
    for or read. Sent again as it is, it is filed once and gets the same answer, without another proof of work.
    """
    return unstored(described(_intake.file(body, _find_aim)), 201)


@tips.route("/tips/status", methods=["POST"])
@tips.response(200, TipStatusSchema, headers=UNSTORED_TOLD)
@tips.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@tips.arguments(LookupSchema)
def show_tip(body: dict[str, Any]) -> Response:
    """How a tip stands, and what the court has answered"""
    filing, said = _intake.follow(body["lookup"])
    standing = find_standing(database(), body["lookup"])
    told = {name: getattr(standing, name) for name in ("outcome", "reason", "can_claim", "claim")}
    return unstored(said | {"state": public_state(filing.state, standing), **told})


@tips.route("/tips/messages", methods=["POST"])
@tips.response(201, WordsStoredSchema, headers=UNSTORED_TOLD)
@tips.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@tips.alt_response(409, schema=ProblemSchema, content_type=PROBLEM_JSON, description="Other words have this number")
@tips.arguments(MessageSchema)
def create_message(body: dict[str, Any]) -> Response:
    """Later words to the court, sealed; sent again as they are, they are stored once"""
    return _intake.add_words(body)


@tips.route("/claims", methods=["POST"])
@tips.response(201, ClaimFiledSchema, headers=UNSTORED_TOLD)
@tips.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No such receipt")
@tips.alt_response(
    409, schema=ProblemSchema, content_type=PROBLEM_JSON,
    description="Nothing can be claimed, another claim was sent, or the court has another reward key now",
)  # fmt: skip
@tips.arguments(ClaimSchema)
def create_claim(body: dict[str, Any]) -> Response:
    """Claim the reward for a useful tip

    Only reward officers of the court can read who claims it, and they cannot read the tip.
    """
    filing = find_by_lookup(body["lookup"], PURPOSE)
    count_words(mark_of("claim", row_key(body["lookup"]), body["sealed"]))
    claim = ClaimSent(body["lookup"], body["key_id"], body["sealed"])
    return unstored(file_claim(database(), shred_store(), filing, claim), 201)


def _find_aim(court: UUID, target: UUID) -> tuple[Target, Beside]:
    return find_target(database(), court, target), opening_tip(court)
