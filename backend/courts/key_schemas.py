"""What the keys page's script sends: public keys, statements, and secrets sealed in the worker."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from backend.core.filings.bodies import KEY_NUMBER, Base64Bytes
from backend.core.filings.roles import HOLDERS
from backend.core.sealing.envelopes import KEY_BYTES
from backend.core.sealing.statements import Statement
from backend.courts.keys_of_officers import Granted, Sealed

# A key of 32 bytes under `crypto_box_seal`, and one wrapped under a phrase; the columns hold no other length.
_SEALED, _WRAPPED = 80, 88
# A court has no more officers than this.
_MOST = 200


def _bytes(length: int, what: str) -> Base64Bytes:
    return Base64Bytes(lambda size: size == length, f"{what}, base64url.")


class OwnKeySchema(Schema):
    public_key = _bytes(KEY_BYTES, "Public half")
    wrapped = _bytes(_WRAPPED, "Secret half under the phrase")


class RecoverySchema(Schema):
    public_key = _bytes(KEY_BYTES, "Public half")


class StatementSchema(Schema):
    """A statement, signed or not yet, in the form that the command line reads and writes."""

    statement = fields.Dict(required=True)


class ComparedSchema(Schema):
    fingerprint = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{4}( [0-9a-f]{4}){4}\Z"))


class SealedSchema(ComparedSchema):
    officer = fields.UUID(required=True, allow_none=True)
    sealed = _bytes(_SEALED, "Sealed to the holder")


class MadeSchema(StatementSchema):
    sealed = fields.List(fields.Nested(SealedSchema), required=True, validate=validate.Length(max=_MOST))


class GrantedKeySchema(Schema):
    use = fields.String(required=True, validate=validate.OneOf(sorted(HOLDERS)))
    number = fields.Integer(required=True, strict=True, validate=KEY_NUMBER)
    sealed = _bytes(_SEALED, "Sealed to the officer")


class GrantSchema(ComparedSchema):
    granted = fields.List(fields.Nested(GrantedKeySchema), required=True, validate=validate.Length(max=_MOST))
    by_sheets = fields.Boolean(load_default=False)


class WithdrawSchema(Schema):
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


def signed_of(said: dict[str, Any]) -> Statement:
    """Raises Malformed."""
    return Statement.from_json(said["statement"])


def sealed_of(said: dict[str, Any]) -> list[Sealed]:
    return [Sealed(one["officer"], one["fingerprint"], one["sealed"]) for one in said["sealed"]]


def granted_of(said: dict[str, Any]) -> list[Granted]:
    return [Granted(one["use"], one["number"], one["sealed"]) for one in said["granted"]]
