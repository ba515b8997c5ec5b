from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any

from flask import Response, render_template

from backend.core.db import load_queries
from backend.core.errors import NotFound
from backend.core.http import PRIVATE_HEADERS, PRIVATE_TOLD, Blueprint, database, private_json
from backend.core.sealing.receipts import ALPHABET
from backend.removals.schemas import RemovalNoticeSchema

removals = Blueprint("removals", __name__, url_prefix="/v1", description="Removal notices.")
_queries = load_queries(__file__)
_CODE = re.compile(f"[{ALPHABET}]{{16}}")


@removals.route("/removal-notices/<code>")
@removals.kept(RemovalNoticeSchema, headers=PRIVATE_TOLD)
def show_notice(code: str) -> Response:
    """A removal notice by the code on it, with its signature"""
    return private_json(_answer(code))


@removals.route("/removal-notices/<code>.html")
@removals.response(
    200,
    {"type": "string"},
    content_type="text/html",
    description="A page to print, A4, in Chinese and English.",
    headers={name: told for name, told in PRIVATE_TOLD.items() if name != "ETag"},
)
def print_notice(code: str) -> Response:
    """The same as a page to print"""
    answer = Response(render_template("removal_notice.html", **_answer(code)))
    answer.headers.update(PRIVATE_HEADERS)
    return answer


def _answer(code: str) -> dict[str, Any]:
    known = code.upper().replace("-", "")
    if not _CODE.fullmatch(known):
        raise NotFound
    with database().read() as connection:
        row = _queries.find_notice(connection, code=known)
    if row is None:
        raise NotFound
    public = row["public_key"]
    return {
        "notice": json.loads(row["signed_text"]),
        "signed_text": row["signed_text"],
        "signature": row["signature"],
        "key": {"id": sha256(bytes.fromhex(public)).hexdigest()[:16], "public": public},
    }
