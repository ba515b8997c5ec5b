"""Objections filed by phones and opened at the console, where what the browser's worker does is done in Python."""

from __future__ import annotations

from typing import Any

from backend.core.sealing.conversations import Message, box_to_informant
from backend.core.sealing.letters import Address, Letter, unseal_letter
from backend.core.sealing.wire import to_bytes, to_text
from tests.integration.filing_world import Phone, World
from tests.integration.tips.seats import Seat, desk_of

SECRET = "我没有能力履行,这里有凭证"


def file_at(world: World, phone: Phone) -> int:
    answer = world.file(phone.seal(SECRET, jpegs=(b"\xff\xd8 proof",)))
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["number"])


def boxed(world: World, phone: Phone, n: int, text: str) -> dict[str, Any]:
    key_id, secret = desk_of(world, "lin").reader.newest("box")
    data = box_to_informant(Message(n, text), phone.keys.reply.public, secret)
    return {"part": f"c/{n}", "key_id": key_id, "data": to_text(data)}


def open_at(world: World, seat: Seat, number: int) -> Letter:
    answer = seat.send(f"/objections/{number}/lend")
    assert answer.status_code == 200, answer.text
    lent = answer.get_json()
    assert "row_key" not in lent
    filing = lent["filing"]
    [sealed] = [part for part in lent["parts"] if part["part"] == "sealed"]
    address = Address(filing["court"], filing["target"], filing["key_id"])
    reader = desk_of(world, "lin").reader
    return unseal_letter(to_bytes(sealed["data"]), reader.pair("box", filing["key_id"]), address)


def decision(world: World, phone: Phone, outcome: str, text: str = "答复", **over: Any) -> dict[str, Any]:
    return {"outcome": outcome, "reasoned": True, "answer": boxed(world, phone, 1, text), **over}
