"""Claims at the console: who looks into one, until they hand it over."""

from __future__ import annotations

from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.desk import read_json
from backend.core.filings.readers import check_reader
from backend.core.http import unstored
from backend.core.sessions import current_session
from backend.tips import claims
from backend.tips.console_claims import claims_desk
from backend.tips.desk_schemas import HandOverSchema
from backend.tips.domain import REWARDERS
from backend.tips.service import queries


@claims_desk.post("/<int:number>/hand-over")
@allow(*REWARDERS)
def hand_over(number: int) -> Response:
    """Let another reward officer look into it; also of one that is approved, which still goes to the cashier."""
    to = read_json(HandOverSchema())["to"]
    officer = current_session().officer
    with court_transaction() as connection:
        held = claims.lock_claim(connection, officer.court_id, number)
        check_reader(connection, to, "reward")
        queries.hand_over_claim(connection, claim=held["id"], officer=to)
        claims.trace_claim(connection, officer.id, "claim.hand_over", held, {"to": to})
    return unstored({"number": number})
