from __future__ import annotations

from typing import Any

from flask import Response, request

from backend.core.http import Blueprint, database, text_header
from backend.core.limits import brakes, spend_proof
from backend.core.problems import problem
from backend.entities.answer_schemas import SelfCheckAnswerSchema
from backend.entities.self_check import Answer, Asked, check, seconds_to_wait
from backend.entities.self_check_schemas import SelfCheckSchema

self_checks = Blueprint(
    "self_checks", __name__, url_prefix="/v1", description="Whether somebody is listed, asked by themselves."
)
# A solved challenge, a name of a hundred characters and the rest are some 1,200 bytes.
_LARGEST_BODY = 4096
_HEADERS = {"Cache-Control": text_header("`no-store`"), "X-Robots-Tag": text_header("`noindex, noarchive`")}


@self_checks.before_request
def refuse_large_bodies() -> None:
    request.max_content_length = _LARGEST_BODY


@self_checks.route("/self-check", methods=["POST"])
@self_checks.arguments(SelfCheckSchema)
@self_checks.response(200, SelfCheckAnswerSchema, headers=_HEADERS)
def check_oneself(body: dict[str, Any]) -> Response:
    """Whether somebody is among the listings of one court that can be compared, for a proof of work

    The ID number is reduced where it is typed: a whole one is refused. Nothing of the request is stored or logged.
    Attempts are limited by address, name and number. Only listings whose file held an official mask can be compared,
    so an answer without items is no certificate: `of` less `comparable` could not be looked at.
    """
    spend_proof("self-check", body["challenge"])
    asked = Asked(body["court"], body["mask_form"], body["name"])
    wait = seconds_to_wait(brakes(), asked)
    if wait:
        return problem(429, "Too Many Requests", headers={"Retry-After": str(wait)})
    return _unstored(check(database(), brakes().keys.identity(), asked))


def _unstored(answer: Answer) -> Response:
    text = f'{{"items":[{",".join(answer.items)}],"comparable":{answer.comparable},"of":{answer.total}}}'
    response = Response(text, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response
