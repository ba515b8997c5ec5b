"""`/v1/changes`: what left, for everybody; what came and changed besides, for recipients with a key."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, current_app, json, request
from nacl.signing import SigningKey

from backend.changes import queries
from backend.changes.domain import Place, decode_member, encode_member, key_digest, refuse_old
from backend.changes.queries import Change
from backend.changes.schemas import ChangeListSchema, ChangesQuery, MemberListSchema, MembersQuery, SigningKeySchema
from backend.core.clock import now, rfc3339
from backend.core.db import Connection
from backend.core.errors import Unauthorized
from backend.core.http import Blueprint, cached_json, database, settings, text_header
from backend.core.key_files import signing_key
from backend.core.parameters import read_cursor
from backend.core.problems import PROBLEM_JSON, ProblemSchema

PURPOSE = "court listings changes\n"
SIGNATURE = "Signature-Ed25519"
_BEARER = "bearer"
_HEADERS = {
    "Cache-Control": text_header("`no-store`, with a key `private, no-store`: a removal is told at once."),
    "Vary": text_header("`Authorization`"),
    "X-Robots-Tag": text_header("`noindex, noarchive`"),
    SIGNATURE: {
        "description": "Ed25519 over `court listings changes`, a line feed (0A) and the bytes of the body as they are"
        " sent; 64 bytes, hexadecimal. The key is at `/v1/changes/key`.",
        "schema": {"type": "string", "pattern": "^[0-9a-f]{128}$"},
    },
}
_UNAUTHORIZED = {"WWW-Authenticate": text_header("`Bearer`")}
_AUTHORIZATION = {
    "in": "header",
    "name": "Authorization",
    "required": False,
    "schema": {"type": "string"},
    "description": "`Bearer` and a recipient's key.",
}

changes = Blueprint(
    "changes", __name__, url_prefix="/v1/changes", description="The change feed, for whoever keeps a copy of the list."
)


@changes.route("", parameters=[_AUTHORIZATION])
@changes.arguments(ChangesQuery, location="query")
@changes.response(200, ChangeListSchema, headers=_HEADERS)
@changes.alt_response(
    401, schema=ProblemSchema, content_type=PROBLEM_JSON, description="Not a key, or one that has ended",
    headers=_UNAUTHORIZED,
)  # fmt: skip
@changes.alt_response(
    410, schema=ProblemSchema, content_type=PROBLEM_JSON, description="`since` lies before the changes that are kept"
)
def list_changes(query: dict[str, Any]) -> Response:
    """What has left since a sequence; with a recipient's key also what came and changed

    Ordered and without gaps: with a key each sequence follows the one before; without one, those of removals are told
    alone. A removal says who left by id and nothing else.
    """
    since, limit = query["since"], query["limit"]
    place = read_cursor(partial(Place.decode, since), query.get("cursor")) or Place(since, since)
    with database().read() as connection:
        recipient = _is_recipient(connection)
        queries.enter_open_day(database(), connection)
        page = queries.find_page(connection, place.sequence, limit + 1, everything=recipient)
    refuse_old(place.sequence, page.pruned_to)
    shown = page.changes[:limit]
    following = Place(since, shown[-1].sequence).encode() if len(page.changes) > limit else None
    items = [_change(change) for change in shown]
    return _signed(items, {"next": following, "head": page.head, "since": since}, private=recipient)


@changes.route("/listed", parameters=[_AUTHORIZATION])
@changes.arguments(MembersQuery, location="query")
@changes.response(200, MemberListSchema, headers=_HEADERS)
@changes.alt_response(
    401, schema=ProblemSchema, content_type=PROBLEM_JSON, description="No recipient's key", headers=_UNAUTHORIZED
)
def list_members(query: dict[str, Any]) -> Response:
    """Everybody listed now, for a recipient who begins, or begins anew after a 410

    Read all pages, then go on in `/v1/changes` from the `head` of the first one: whatever changed meanwhile follows.
    """
    after = read_cursor(decode_member, query.get("cursor")) or UUID(int=0)
    with database().read() as connection:
        if not _is_recipient(connection):
            raise Unauthorized("This needs a recipient's key.")
        queries.enter_open_day(database(), connection)
        members, head = queries.list_members(connection, after, query["limit"] + 1)
    shown = members[: query["limit"]]
    following = encode_member(shown[-1].entity) if len(members) > len(shown) else None
    items = [f'{{"id":"{one.entity}","entity":{one.content}}}' for one in shown if one.content]
    return _signed(items, {"next": following, "head": head}, private=True)


@changes.route("/key")
@changes.kept(SigningKeySchema)
def show_key() -> Response:
    """The key that signs the feed, and what stands before the body in what is signed

    Fetch it once and keep it: whoever answers in this server's place would give you another one.
    """
    return cached_json({"algorithm": "Ed25519", "public_key": bytes(_key().verify_key).hex(), "purpose": PURPOSE})


def _is_recipient(connection: Connection) -> bool:
    """Whether the request brings a key that holds; a wrong one is told rather than taken for none.

    Raises:
        Unauthorized: something else than a key, or one that is unknown or has ended.
    """
    given = request.headers.get("Authorization")
    if given is None:
        return False
    scheme, _, key = given.partition(" ")  # the scheme in any case, RFC 9110
    if scheme.lower() != _BEARER or not queries.queries.is_recipient(connection, digest=key_digest(key)):
        raise Unauthorized("This is no recipient's key, or one that has ended.")
    return True


def _change(change: Change) -> str:
    entity = f',"entity":{change.content}' if change.content else ""
    return f'{{"seq":{change.sequence},"op":"{change.op}","id":"{change.entity}"{entity}}}'


def _signed(items: list[str], said: dict[str, Any], *, private: bool) -> Response:
    rest = json.dumps({"as_of": rfc3339(now()), **said})
    body = f'{{"items":[{",".join(items)}],{rest[1:]}'.encode()
    response = Response(body, mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-store" if private else "no-store"
    response.headers["Vary"] = "Authorization"
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    response.headers[SIGNATURE] = _key().sign(PURPOSE.encode() + body).signature.hex()
    return response


def _key() -> SigningKey:
    """The key that signs the feed, read once."""
    key: SigningKey | None = current_app.extensions.get("changes_key")
    if key is None:
        key = current_app.extensions["changes_key"] = signing_key(settings().var_dir / "changes.key")
    return key
