from __future__ import annotations

from marshmallow import Schema, fields, validate

from backend.core.http import QuerySchema
from backend.core.proof import CHALLENGE_SECONDS, MAX_NUMBER, MAX_PAYLOAD, PURPOSES


class ChallengeQuery(QuerySchema):
    purpose = fields.String(
        data_key="for",
        required=True,
        validate=validate.OneOf(PURPOSES),
        metadata={"description": "What the proof will be sent with; it is good for nothing else."},
    )


class ChallengeSchema(Schema):
    """An altcha challenge: find the number whose SHA-256 behind the salt is the challenge."""

    algorithm = fields.String(required=True, validate=validate.Equal("SHA-256"))
    challenge = fields.String(required=True, metadata={"description": "SHA-256 of salt and number, in hex."})
    maxnumber = fields.Integer(
        required=True, strict=True, metadata={"description": f"The number is at most this: {MAX_NUMBER:,}."}
    )
    salt = fields.String(
        required=True,
        metadata={"description": f"Names the purpose and the end, {CHALLENGE_SECONDS // 60} minutes from now."},
    )
    signature = fields.String(required=True)


class ProofSchema(Schema):
    challenge = fields.String(
        required=True,
        validate=validate.Length(max=MAX_PAYLOAD),
        metadata={
            "description": "Base64 of the JSON of a solved challenge: algorithm, challenge, number, salt, signature."
            " Good once."
        },
    )


class VisitorSchema(Schema):
    visitor = fields.String(
        required=True, metadata={"description": "To be sent as `X-Visitor` with `/v1/entities`, and never with a tip."}
    )
    expires_at = fields.String(required=True, metadata={"format": "date-time"})
