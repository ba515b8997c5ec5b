from __future__ import annotations

from marshmallow import Schema, fields


def _text(description: str = "") -> fields.String:
    return fields.String(required=True, metadata={"description": description} if description else {})


class RemovalWordsSchema(Schema):
    code = _text()
    court = _text()
    case_number = _text()
    removed_on = fields.Date(required=True)
    cause = _text("Code of the cause.")
    cause_zh = _text()
    cause_en = _text()
    article = _text("Of the rules, 法释〔2017〕7号, unless it names another law; empty where none is named.")
    issued_on = fields.Date(required=True)
    demo = fields.Boolean(required=True, metadata={"description": "Whether everything in it is invented."})


class RemovalKeySchema(Schema):
    id = _text("First 16 hex digits of the SHA-256 of the public key.")
    public = _text("Ed25519, 64 hex digits. Compare it with the one that the court tells by another way.")


class RemovalNoticeSchema(Schema):
    notice = fields.Nested(
        RemovalWordsSchema,
        required=True,
        metadata={"description": "`signed_text`, read. Names nobody: only the case."},
    )
    signed_text = _text(
        "Word for word what was signed, behind the line `court listings removal notice` and a line feed."
    )
    signature = _text("Ed25519, 128 hex digits.")
    key = fields.Nested(RemovalKeySchema, required=True)
