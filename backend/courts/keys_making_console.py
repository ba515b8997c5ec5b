"""Making and replacing a court's keys: recovery, the signing key that waits for the root, and those that it states."""

from __future__ import annotations

from flask import Response as Download
from flask import json
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, read_json
from backend.core.errors import Conflict
from backend.core.http import settings, unstored
from backend.core.sealing.envelopes import KEY_BYTES
from backend.core.sealing.statements import read_request
from backend.core.sealing.wire import to_bytes
from backend.core.sessions import current_session
from backend.courts.key_plan import server_key
from backend.courts.key_schemas import MadeSchema, RecoverySchema, StatementSchema, sealed_of, signed_of
from backend.courts.keys_at_desk import CourtKeys

keys_making = DeskBlueprint("keys_making", __name__, "/court/settings/keys/court")


class NoRoot(Conflict):
    """This server knows no root whose word counts; the operator sets ROOT_PUBLIC_KEY"""


class NoServerKey(Conflict):
    """This server has no key for certificates; the operator makes one with `keys make-server`"""


@keys_making.post("/recovery")
@allow("keeper", fresh=True)
def make_recovery() -> Response:
    """Keep the public half of the court's recovery key, whose sheets the page has shown."""
    said = read_json(RecoverySchema())
    with court_transaction() as connection:
        _work(connection).make_recovery(said["public_key"])
    return unstored({"kept": True}, 201)


@keys_making.post("/request")
@allow("keeper", fresh=True)
def ask_root() -> Response:
    """Keep a new signing key until the root has signed it."""
    said = read_json(MadeSchema())
    with court_transaction() as connection:
        _work(connection).request(read_request(said["statement"]), sealed_of(said))
    return unstored({"kept": True}, 201)


@keys_making.get("/request.json")
@allow("keeper", fresh=True)
def save_request() -> Response:
    """The file for whoever keeps the root: `flask --app backend keys certify` reads it."""
    with court_transaction() as connection:
        asked = _work(connection).find_request()
    name = f"key-request-{asked.number}.json"
    response = Download(json.dumps(asked.to_json(), ensure_ascii=False, indent=2), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@keys_making.post("/request/drop")
@allow("keeper", fresh=True)
def drop_request() -> Response:
    """Let a signing key go that the root has not signed."""
    with court_transaction() as connection:
        _work(connection).drop_request()
    return unstored({"dropped": True})


@keys_making.post("/certified")
@allow("keeper", fresh=True)
def take_certified() -> Response:
    """Take the file that the root's keeper brought back, and the signing key into use."""
    said = read_json(StatementSchema())
    with court_transaction() as connection:
        _work(connection).certify(signed_of(said), _root())
    return unstored({"kept": True}, 201)


@keys_making.post("/made")
@allow("keeper", fresh=True)
def keep_made() -> Response:
    """Keep a box or reward key that the worker made, stated and sealed."""
    said = read_json(MadeSchema())
    with court_transaction() as connection:
        _work(connection).make(signed_of(said), sealed_of(said), _root())
    return unstored({"kept": True}, 201)


@keys_making.post("/server")
@allow("keeper", fresh=True)
def certify_server() -> Response:
    """Keep the court's word for this server's key for certificates."""
    said = read_json(StatementSchema())
    key = server_key()
    if key is None:
        raise NoServerKey
    with court_transaction() as connection:
        _work(connection).certify_server(signed_of(said), key, _root())
    return unstored({"kept": True}, 201)


def _work(connection: Connection) -> CourtKeys:
    return CourtKeys(connection, current_session().officer)


def _root() -> bytes:
    public = settings().filings.root_public_key
    if not public:
        raise NoRoot
    return to_bytes(public, KEY_BYTES)
