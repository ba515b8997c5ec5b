"""What somebody files and an officer's browser seals, for tests of objections at the console."""

from __future__ import annotations

from typing import Any

from backend.core.sealing.conversations import Message, box_to_informant
from backend.core.sealing.wire import to_text
from tests.integration.filing_world import Phone, World
from tests.integration.tips.seats import desk_of

SECRET = "我没有能力履行,这里有凭证"


def settle(world: World) -> None:
    """Nothing is left open or counted of what a test before did."""
    world.execute("DELETE FROM sealed.unwrapping")
    world.execute("DELETE FROM register.review")
    world.execute("UPDATE register.listing SET state = 'published' WHERE state = 'suspended'")
    world.execute("UPDATE register.task SET done_on = begun_on WHERE done_on IS NULL")


def file(world: World, phone: Phone) -> int:
    answer = world.file(phone.seal(SECRET, jpegs=(b"\xff\xd8 proof",)))
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["number"])


def boxed(world: World, phone: Phone, n: int, text: str) -> dict[str, Any]:
    key_id, secret = desk_of(world, "lin").reader.newest("box")
    data = box_to_informant(Message(n, text), phone.keys.reply.public, secret)
    return {"part": f"c/{n}", "key_id": key_id, "data": to_text(data)}


def decision(world: World, phone: Phone, outcome: str, text: str = "答复", **over: Any) -> dict[str, Any]:
    return {"outcome": outcome, "reasoned": True, "answer": boxed(world, phone, 1, text), **over}
