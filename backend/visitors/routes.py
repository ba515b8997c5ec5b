from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, request

from backend.core.clock import rfc3339
from backend.core.http import UNSTORED_TOLD, Blueprint, text_header, unstored
from backend.core.limits import VISITOR_COOKIE, brakes, spend_proof
from backend.core.proof import make_challenge
from backend.core.visitors import TOKEN_SECONDS, make_token
from backend.visitors.schemas import ChallengeQuery, ChallengeSchema, ProofSchema, VisitorSchema

visitors = Blueprint(
    "visitors", __name__, url_prefix="/v1", description="Anonymous readers, and the proofs of work that make them."
)
# A solved challenge is some 400 bytes.
_LARGEST_BODY = 4096
_COOKIE = {"Set-Cookie": text_header("`visitor`, the token, for `/v1/entities`; HttpOnly, SameSite=Strict")}


@visitors.before_request
def refuse_large_bodies() -> None:
    request.max_content_length = _LARGEST_BODY


@visitors.route("/challenge")
@visitors.arguments(ChallengeQuery, location="query")
@visitors.response(200, ChallengeSchema, headers=UNSTORED_TOLD)
def show_challenge(query: dict[str, str]) -> Response:
    """A proof of work to solve, for one purpose and once"""
    return unstored(make_challenge(brakes().keys.of("challenge"), query["purpose"], brakes().clock()))


@visitors.route("/visitors", methods=["POST"])
@visitors.arguments(ProofSchema)
@visitors.response(201, VisitorSchema, headers=UNSTORED_TOLD | _COOKIE)
def create_visitor(body: dict[str, str]) -> Response:
    """A token for a day of reading under a budget of one's own, for a proof of work

    Whoever has none shares the budget of their address. The token says nothing of its holder and is kept nowhere. It
    also comes as a cookie that browsers send to `/v1/entities` only.
    """
    spend_proof("visitors", body["challenge"])
    token, ends_at = make_token(brakes().keys.of("visitor"), brakes().clock())
    response = unstored({"visitor": token, "expires_at": rfc3339(datetime.fromtimestamp(ends_at, UTC))}, 201)
    response.set_cookie(
        VISITOR_COOKIE,
        token,
        max_age=TOKEN_SECONDS,
        path="/v1/entities",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return response
