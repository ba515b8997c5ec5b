"""What whoever can write to the database, or even to the shred store, does to tips, and what the officer then sees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from backend.core.filings.reading import Desk
from backend.core.sealing import conversations
from backend.core.sealing.conversations import Message, seal_to_court
from backend.core.sealing.refusals import CannotOpen, Misdirected
from backend.core.sealing.rows import Place, unwrap_row, wrap_row
from backend.core.sealing.wire import to_bytes, to_text
from backend.tips.service import answer, open_tip
from tests.integration.filing_world import Phone, World
from tests.integration.tips.seats import desk_of
from tests.integration.tips.test_commands import run

pytestmark = pytest.mark.usefixtures("unlimited")


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of(world, "lin")


def filed(world: World) -> tuple[Phone, int, UUID]:
    phone = world.phone(world.court)
    number = int(world.file(phone.seal("车停在虚构路")).get_json()["number"])
    assert world.post("/messages", phone.words(1, "补充一")).status_code == 201
    (row,) = world.rows("SELECT id FROM sealed.filing WHERE purpose = 'tip' AND number = %s", number)
    return phone, number, row["id"]


def part_of(world: World, filing: UUID, part: str) -> dict[str, Any]:
    (row,) = world.rows("SELECT key_id, data FROM sealed.part WHERE filing_id = %s AND part = %s", filing, part)
    return row


def put(world: World, filing: UUID, part: str, row: dict[str, Any]) -> None:
    world.execute(
        "INSERT INTO sealed.part VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (filing_id, part) DO UPDATE SET data = excluded.data",
        filing, part, row["key_id"], row["data"],
    )  # fmt: skip


def put_with_key(world: World, filing: UUID, part: str, data: bytes) -> None:
    """As somebody does who holds the filing's own key as well."""
    key = world.store.find(filing)
    assert key
    put(world, filing, part, {"key_id": 1, "data": wrap_row(data, Place(str(world.court), str(filing), 1, part), key)})


def bare(world: World, filing: UUID, part: str) -> bytes:
    key, row = world.store.find(filing), part_of(world, filing, part)
    assert key
    return unwrap_row(row["data"], Place(str(world.court), str(filing), row["key_id"], part), key)


def test_a_row_moved_to_another_tip_or_part_does_not_open(world: World, desk: Desk) -> None:
    (_, one, first), (_, _, second) = filed(world), filed(world)
    good = part_of(world, first, "sealed")
    put(world, first, "sealed", part_of(world, second, "sealed"))
    with pytest.raises(CannotOpen):
        open_tip(desk, one)
    put(world, first, "sealed", good)
    put(world, first, "i/2", part_of(world, first, "i/1"))
    opened = open_tip(desk, one)
    # The control: in their own places they open.
    assert opened.letter.text == "车停在虚构路"
    assert ([message.text for message in opened.words], opened.refused) == (["补充一"], (2,))


def test_a_tip_passed_off_as_about_something_else_is_refused(world: World, desk: Desk) -> None:
    _, number, filing = filed(world)
    move = "UPDATE sealed.filing SET target_id = %s WHERE id = %s"
    world.execute(move, world.entity, filing)
    with pytest.raises(Misdirected):
        open_tip(desk, number)
    world.execute(move, world.court, filing)
    assert open_tip(desk, number).words


def test_a_message_replayed_or_withheld_shows(world: World) -> None:
    phone, number, filing = filed(world)
    assert world.post("/messages", phone.words(2, "补充二")).status_code == 201
    whole = run(world, "tips", "open", str(number)).output
    assert "补充二" in whole
    assert "重复" not in whole
    assert "缺少" not in whole
    put_with_key(world, filing, "i/3", bare(world, filing, "i/2"))
    assert "第 2 条重复" in run(world, "tips", "open", str(number)).output
    world.execute("DELETE FROM sealed.part WHERE filing_id = %s AND part = 'i/1'", filing)
    assert "缺少第 1 条" in run(world, "tips", "open", str(number)).output


def test_what_is_reflected_forged_or_nonsense_is_refused_and_shuts_nothing_up(world: World, desk: Desk) -> None:
    phone, number, filing = filed(world)
    answer(desk, number, "请补充")
    # 8 bytes more, so that it has a message's length.
    put_with_key(world, filing, "i/2", bare(world, filing, "c/1") + bytes(8))
    _, court_key = world.key("box")
    put_with_key(world, filing, "i/3", seal_to_court(Message(3, "forged"), bytes(32), court_key))
    nonsense = {"lookup": phone.lookup, "sealed": to_text(bytes(4144)), "n": 4}
    assert world.post("/messages", nonsense).status_code == 201
    opened = open_tip(desk, number)
    assert ([message.text for message in opened.words], opened.refused) == (["补充一"], (2, 3, 4))
    told = run(world, "tips", "open", str(number)).output
    assert "第 2, 3, 4 条无法证明" in told
    assert "forged" not in told


def test_without_the_proof_a_forged_message_passes_for_the_senders(
    world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    _, number, filing = filed(world)
    put_with_key(world, filing, "i/2", seal_to_court(Message(2, "forged"), bytes(32), world.key("box")[1]))
    monkeypatch.setattr(conversations, "is_equal", lambda *_: True)
    assert [message.text for message in open_tip(desk, number).words] == ["补充一", "forged"]


def test_the_phone_refuses_an_answer_that_the_server_wrote(world: World, desk: Desk) -> None:
    phone, number, filing = filed(world)
    answer(desk, number, "请补充")
    (good,) = world.status(phone)["messages"]
    assert phone.read(good).text == "请补充"
    mine = to_bytes(phone.seal()["sealed"])[:4136]
    put_with_key(world, filing, "c/1", mine)
    (bad,) = world.status(phone)["messages"]
    with pytest.raises(CannotOpen):
        phone.read(bad)
