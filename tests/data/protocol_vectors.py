"""Makes tests/data/protocol_vectors.json: `python -m tests.data.protocol_vectors`.

The file changes only with the protocol. Bytes are base64url without padding.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from backend.core.sealing import certificates, chains, labels, photos, receipts, rows
from backend.core.sealing.envelopes import pad
from backend.core.sealing.letters import Address, Answering, Letter
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.wire import Json, canonical, to_text
from tests.data.protocol_exchanges import claim_case, keeping_cases, message_cases, statement_cases
from tests.data.protocol_parties import (
    COURT,
    COURT_PAIR,
    KEYS,
    OTHER_COURT,
    OTHER_TIP,
    RECEIPT,
    TIP,
    seal_with,
    secret_of,
    seeded,
)

FILE = Path(__file__).with_name("protocol_vectors.json")


def hashes() -> Iterator[dict[str, Any]]:
    parts: dict[labels.Label, list[bytes]] = {
        "lookup": [RECEIPT],
        "rowkey": [KEYS.lookup],
        "reply": [RECEIPT],
        "speak": [RECEIPT],
        "claim": [RECEIPT],
        "claimtag": [KEYS.claim],
        "photo": [b"a sealed photo"],
        "env": [bytes(4144), bytes(32)],
        "chain": [bytes(32), (1).to_bytes(8, "big"), bytes(32)],
    }
    for label, joined in parts.items():
        texts = [to_text(part) for part in joined]
        yield {"label": label, "parts": texts, "hash": to_text(labels.labelled_hash(label, *joined))}


def receipt_cases() -> dict[str, Any]:
    text = receipts.format_receipt(RECEIPT)
    zeros, highest = bytes(15), b"\xff" * 15
    # Every one of its 24 characters is a 1, so that each can be mistaken for I or L.
    ones = int("00001" * 24, 2).to_bytes(15, "big")
    all_ones = receipts.format_receipt(ones)
    full_width = "".join(chr(ord(one) + 0xFEE0) for one in text)
    folded = [(one, RECEIPT) for one in (text.lower(), text.replace("-", ""), text.replace("-", " — "), full_width)]
    folded += [(all_ones.replace("1", letter), ones) for letter in "ILil"]
    folded += [(receipts.format_receipt(zeros).replace("0", letter), zeros) for letter in "Oo"]
    return {
        "good": [receipt_case(receipt) for receipt in (zeros, highest, RECEIPT)],
        "folded": [{"typed": one, "receipt": to_text(receipt)} for one, receipt in folded],
        "refused": ["", text[:-1], text + "0", "U" + text[1:], "!" + text[1:], text[1:2] + text[0] + text[2:]],
    }


def receipt_case(receipt: bytes) -> dict[str, str]:
    keys = receipts.ReceiptKeys.of(receipt)
    return {
        "receipt": to_text(receipt),
        "text": receipts.format_receipt(receipt),
        "lookup": to_text(keys.lookup),
        "row_key": to_text(receipts.row_key(keys.lookup)),
        "reply_secret": to_text(keys.reply.secret),
        "reply_public": to_text(keys.reply.public),
        "speak": to_text(keys.speak),
        "claim": to_text(keys.claim),
        "claim_tag": to_text(keys.claim_tag),
    }


def wire_cases() -> dict[str, Any]:
    value: Json = {"b": [1, -2, 2**53 - 1], "a": 'é"\\\n\u0001\u007f\u2028𠮷', "": {}}
    refused = ['{"a":1,"a":1}', '{"b":1,"a":1}', "[1.0]", "[1.5]", "[1e2]", "[-0]", "[null]", "[true]", "[ 1]", "[NaN]"]
    refused += ['["\\u0041"]', '["\\ud800"]', "[9007199254740992]", "\ufeff[1]", '{"é":1}', "", "[" * 17 + "]" * 17]
    return {"value": value, "text": canonical(value).decode(), "refused": refused}


def padding_cases() -> dict[str, Any]:
    good = [{"length": length, "padded": to_text(pad(b"x" * length))} for length in (0, 1, 4095)]
    whole = pad(b"x")
    refused = [whole[:-1], whole + b"\0", bytes(4096), b"x" * 4096, b"x" + bytes(4095), whole[:-1] + b"\x01"]
    return {"byte": "x", "good": good, "too_long": 4096, "refused": [to_text(one) for one in refused]}


def letter_case() -> dict[str, Any]:
    answering = Answering(KEYS.reply.public, KEYS.speak, KEYS.claim_tag)
    photo = photos.PhotoKey(secret_of("photo"), photos.photo_hash(photos.seal_photo(b"jpeg", secret_of("photo"))))
    more = {"place": "东虚区虚构路 1 号地下车库", "when": "this_week"}
    letter = Letter(Address(COURT, "c-1", 2), "vehicle", '一辆"白色"轿车 🚗\n', answering, (photo,), dict(more))
    plain = canonical(letter.to_json())
    ephemeral = secret_of("ephemeral")
    return {
        "court_public": to_text(COURT_PAIR.public),
        "court_secret": to_text(COURT_PAIR.secret),
        "ephemeral_secret": to_text(ephemeral),
        "receipt": to_text(RECEIPT),
        "letter": letter.to_json(),
        "plain": plain.decode(),
        "sealed": to_text(seal_with(ephemeral, pad(plain), COURT_PAIR.public)),
    }


def photo_case() -> dict[str, Any]:
    key = secret_of("photo")

    def case(jpeg: bytes) -> dict[str, Any]:
        blob = photos.seal_photo(jpeg, key)
        return {
            "jpeg": to_text(jpeg[:64]),
            "length": len(jpeg),
            "bytes": len(blob),
            "h": to_text(photos.photo_hash(blob)),
        }

    # A picture one byte short of the step still fits in it; one that fills it needs another.
    sizes = [0, 4, photos.PHOTO_STEP - 1, photos.PHOTO_STEP]
    return {"key": to_text(key), "byte": "j", "cases": [case(b"j" * size) for size in sizes]}


def env_cases(sealed: bytes) -> list[dict[str, Any]]:
    each = [photos.photo_hash(bytes([number])) for number in range(6)]
    texts = [to_text(one) for one in each]
    none, six = chains.env_of(sealed, []), chains.env_of(sealed, each)
    return [{"photos": [], "env": to_text(none)}, {"photos": texts, "env": to_text(six)}]


def row_case(sealed: bytes) -> dict[str, Any]:
    key = secret_of("row")
    place = rows.Place(COURT, TIP, 2, "sealed")
    row = rows.wrap_row(sealed, place, key, seeded("row nonce"))

    def told(place: rows.Place) -> dict[str, Any]:
        return {"court": place.court, "tip": place.tip, "key_id": place.key_id, "part": place.part}

    wrong = [replace(place, tip=OTHER_TIP), replace(place, part="photo/1"), replace(place, court=OTHER_COURT)]
    refused = [told(one) for one in [*wrong, replace(place, key_id=3)]]
    additional = place.associated_data().decode()
    return {"key": to_text(key), "place": told(place), "aad": additional, "row": to_text(row), "refused": refused}


def chain_case() -> list[dict[str, Any]]:
    links: list[chains.Link] = []
    for number in range(3):
        env = labels.labelled_hash("env", bytes([number]))
        links.append(chains.next_link(links[-1] if links else None, env))
    return [{"number": link.number, "env": to_text(link.env), "head": to_text(link.head)} for link in links]


def second_form(signature: bytes) -> bytes:
    """S plus the group's order: RFC 8032 refuses it, some libraries do not look."""
    order = 2**252 + 27742317777372353535851937790883648493
    return signature[:32] + (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")


def certificate_case(env: bytes) -> dict[str, Any]:
    seed = secret_of("server")
    head = chains.next_link(None, env).head
    unsigned = certificates.Certificate(COURT, 37, datetime(2026, 11, 22, 7, tzinfo=UTC), env, head)
    good = certificates.sign_certificate(unsigned, seed)
    other_env = replace(unsigned, env=bytes(32))
    refused = {
        "wrong number": replace(good, number=38),
        "the same signature in its second form": replace(good, signature=second_form(good.signature)),
        "wrong signer": certificates.sign_certificate(unsigned, secret_of("another server")),
        "other contents": certificates.sign_certificate(other_env, seed),
        "other court": certificates.sign_certificate(replace(unsigned, court=OTHER_COURT), seed),
    }
    return {
        "server_key": to_text(verify_key_of(seed)),
        "court": COURT,
        "env": to_text(env),
        "good": good.to_json(),
        "refused": [{"why": why, "certificate": bad.to_json()} for why, bad in refused.items()],
    }


def make() -> str:
    letter = letter_case()
    sealed = seal_with(secret_of("ephemeral"), pad(letter["plain"].encode()), COURT_PAIR.public)
    vectors = {
        "hashes": list(hashes()),
        "receipts": receipt_cases(),
        "wire": wire_cases(),
        "padding": padding_cases(),
        "letter": letter,
        "photos": photo_case(),
        "envs": env_cases(sealed),
        "row": row_case(sealed),
        "chain": chain_case(),
        "certificate": certificate_case(chains.env_of(sealed, [])),
        "statements": statement_cases(),
        "messages": message_cases(),
        "claim": claim_case(),
        "keeping": keeping_cases(),
    }
    return json.dumps(vectors, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(make(), "utf-8")
