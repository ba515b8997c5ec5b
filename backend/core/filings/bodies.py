"""What a request that files must look like; every length is fixed or known in steps, so that it says little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from backend.core.proof import MAX_PAYLOAD
from backend.core.sealing.conversations import MAX_NUMBER
from backend.core.sealing.envelopes import SEALED_BYTES
from backend.core.sealing.labels import HASH_BYTES
from backend.core.sealing.photos import MAX_PHOTOS, PHOTO_STEP
from backend.core.sealing.refusals import Malformed
from backend.core.sealing.statements import USES
from backend.core.sealing.wire import to_bytes

_PHOTO_MAC = 16
# What the column holds; a court makes a key a year.
KEY_NUMBER = validate.Range(1, 2**31 - 1)


class Base64Bytes(fields.Field[bytes]):
    """Bytes as base64url without padding, of a length that `fits`."""

    def __init__(self, fits: Callable[[int], bool], description: str, **schema: str) -> None:
        super().__init__(required=True, metadata={"type": "string", "description": description, **schema})
        self._fits = fits

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bytes:
        try:
            data = to_bytes(value)
        except Malformed as error:
            raise ValidationError(error.detail) from None
        if not self._fits(len(data)):
            raise ValidationError("does not have the right length")
        return data


def lookup_field() -> Base64Bytes:
    return _exactly(HASH_BYTES, 'H("lookup", receipt): 32 bytes, base64url.')


def sealed_field() -> Base64Bytes:
    return _exactly(SEALED_BYTES, f"Always {SEALED_BYTES:,} bytes, base64url.")


def _exactly(length: int, description: str) -> Base64Bytes:
    signs = -(-length * 4 // 3)
    return Base64Bytes(lambda size: size == length, description, pattern=f"^[A-Za-z0-9_-]{{{signs}}}$")


def photos_field() -> fields.List[bytes]:
    def fits(size: int) -> bool:
        return size > _PHOTO_MAC and size % PHOTO_STEP == _PHOTO_MAC

    photo = Base64Bytes(fits, "A sealed photo, a multiple of 128 KiB and 16 bytes, base64url.")
    return fields.List(photo, load_default=list, validate=validate.Length(max=MAX_PHOTOS))


def challenge_field() -> fields.String:
    return fields.String(
        required=True,
        validate=validate.Length(max=MAX_PAYLOAD),
        metadata={"description": "A solved challenge of `/v1/challenge?for=…`, good once; not asked of a repetition."},
    )


class FilingSchema(Schema):
    """A sealed filing. Sent again as it is, it gets the same answer; other contents under its lookup are refused."""

    court = fields.UUID(required=True)
    target = fields.UUID(required=True, metadata={"description": "What it is about: a bare id."})
    key_id = fields.Integer(
        required=True, strict=True, validate=KEY_NUMBER,
        metadata={"description": "Number of the court's box key to which it is sealed."},
    )  # fmt: skip
    lookup = lookup_field()
    sealed = sealed_field()
    photos = photos_field()
    challenge = challenge_field()


class LookupSchema(Schema):
    lookup = lookup_field()


class MessageSchema(Schema):
    """Later words. `key_id` is the number of the box key they are sealed to; left out, the court's present one."""

    lookup = lookup_field()
    sealed = sealed_field()
    n = fields.Integer(
        required=True, strict=True, validate=validate.Range(1, MAX_NUMBER), metadata={"description": "Counts from 1."}
    )
    key_id = fields.Integer(strict=True, validate=KEY_NUMBER)
    challenge = fields.String(validate=validate.Length(max=MAX_PAYLOAD))


class CertificateSchema(Schema):
    """The server's word that a court has what was sent; the sender compares `env`."""

    court = fields.UUID(required=True)
    number = fields.Integer(required=True)
    hour = fields.String(required=True, metadata={"format": "date-time"})
    env = fields.String(required=True)
    head = fields.String(required=True)
    signature = fields.String(required=True)


class BoxedMessageSchema(Schema):
    n = fields.Integer(required=True)
    key_id = fields.Integer(required=True, metadata={"description": "Number of the court's box key it was made with."})
    boxed = fields.String(required=True, metadata={"description": "nonce ‖ box, base64url; opens with the receipt."})


class CourtKeySchema(Schema):
    """A statement about a key (docs/adr/0010): check it from the root that is compiled in, and trust nothing else."""

    court = fields.UUID(required=True)
    use = fields.String(required=True, validate=validate.OneOf(USES))
    number = fields.Integer(required=True)
    key = fields.String(required=True, metadata={"description": "32 bytes, base64url."})
    not_after = fields.String(required=True, metadata={"format": "date-time"})
    signature = fields.String(required=True, metadata={"description": "64 bytes, base64url."})


class FiledSchema(Schema):
    """What every answer about a filing says."""

    number = fields.Integer(
        required=True, metadata={"description": "Counts the court's filings of this kind without a gap."}
    )
    court = fields.UUID(required=True)
    hour = fields.String(required=True, metadata={"format": "date-time", "description": "Nothing finer is kept."})
    certificate = fields.Nested(CertificateSchema, required=True)


class FollowedSchema(FiledSchema):
    """What every status says."""

    messages = fields.List(fields.Nested(BoxedMessageSchema), required=True)
    next_n = fields.Integer(
        required=True, allow_none=True,
        metadata={"description": "Number of the sender's next message, one above the last; null: no more are taken."},
    )  # fmt: skip
    keys = fields.List(
        fields.Nested(CourtKeySchema),
        required=True,
        metadata={
            "description": "Statements of the box keys that made the messages, and of the keys that signed them."
        },
    )
    expires_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "Its contents are destroyed then; null while open."}
    )


class WordsStoredSchema(Schema):
    n = fields.Integer(required=True)
