"""What opens with which keys, before and after a filing's own key is destroyed."""

from __future__ import annotations

import base64
import os
import subprocess
from pathlib import Path

import pytest

from backend.core.audit import verify
from backend.core.errors import NotFound
from backend.core.filings.messages import Part
from backend.core.filings.shredding import record_heads, shred, shred_due
from backend.core.sealing.envelopes import KeyPair, unseal_object
from backend.core.sealing.refusals import CannotOpen
from backend.core.sealing.rows import Place, unwrap_row
from backend.objections.domain import Decision
from backend.objections.service import decide, open_objection
from tests.integration.filing_world import World

CANARY = "金丝雀七号在虚构仓库"


def parts(world: World, number: int) -> tuple[str, list[Part]]:
    rows = world.rows(
        "SELECT filing_id, part, part.key_id, data FROM sealed.part"
        " INNER JOIN sealed.filing ON filing.id = filing_id WHERE purpose = 'objection' AND number = %s",
        number,
    )
    return str(rows[0]["filing_id"]), [Part(row["part"], row["key_id"], row["data"]) for row in rows]


def opens(data: bytes, secrets: dict[tuple[str, int], bytes]) -> bool:
    for secret in secrets.values():
        try:
            unseal_object(data, KeyPair.of(secret))
        except CannotOpen:
            continue
        return True
    return False


def test_a_dump_and_all_court_keys_open_nothing_without_the_filings_own_key(world: World) -> None:
    number = world.file(world.phone(world.court).seal()).get_json()["number"]
    filing, (part,) = parts(world, number)
    held = world.desk("lin").reader.secrets | world.desk("zhou").reader.secrets
    assert not opens(part.data, held)
    # The control: without the row's layer the same keys open what was stored.
    key = (world.var / "shred" / filing).read_bytes()
    bare = unwrap_row(part.data, Place(str(world.court), filing, part.key_id, "sealed"), key)
    assert opens(bare, held)


def test_after_shredding_nothing_opens_and_what_is_left_says_little(world: World) -> None:
    phone = world.phone(world.court)
    number = world.file(phone.seal(jpegs=(b"\xff\xd8 photo",))).get_json()["number"]
    filing, before = parts(world, number)
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    assert world.status(phone)["expires_on"] is not None
    assert shred_due(world.database, world.store, 180) == 0
    assert shred_due(world.database, world.store, 0) >= 1
    assert not (world.var / "shred" / filing).exists()
    assert not (world.var / "mirror" / filing).exists()
    assert world.post("/status", {"lookup": phone.lookup}).status_code == 404
    assert world.rows("SELECT FROM sealed.part WHERE filing_id = %s", filing) == []
    assert world.rows("SELECT FROM sealed.bearer WHERE filing_id = %s", filing) == []
    assert world.rows("SELECT FROM sealed.unwrapping WHERE filing_id = %s", filing) == []  # nor who opened it when
    (left,) = world.rows("SELECT state, number FROM sealed.filing WHERE id = %s", filing)
    assert left == {"state": "shredded", "number": number}
    # An old dump still has the rows: no key that is left opens them.
    for login in ("lin", "zhou"):
        assert not any(opens(part.data, world.desk(login).reader.secrets) for part in before)
    with pytest.raises(NotFound):
        open_objection(world.desk(), number)
    with world.database.transaction("operator") as connection:
        assert verify(connection) is None


def test_a_destruction_that_was_cut_off_is_finished_by_the_next_run(world: World) -> None:
    number = world.file(world.phone(world.court).seal()).get_json()["number"]
    filing, _ = parts(world, number)
    world.execute("UPDATE sealed.filing SET state = 'shredding', closed_on = '2026-01-01' WHERE id = %s", filing)
    world.store.erase(shredded := world.rows("SELECT id FROM sealed.filing WHERE id = %s", filing)[0]["id"])
    assert shred_due(world.database, world.store, 3650) == 1
    shred(world.database, world.store, shredded)
    assert world.rows("SELECT state FROM sealed.filing WHERE id = %s", filing) == [{"state": "shredded"}]


def test_an_erased_key_is_overwritten_before_it_is_unlinked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    number = world.file(world.phone(world.court).seal()).get_json()["number"]
    filing, _ = parts(world, number)
    path = world.var / "shred" / filing
    key = path.read_bytes()
    seen: list[bytes] = []
    unlink = Path.unlink

    def watched(path: Path) -> None:
        seen.append(path.read_bytes())
        unlink(path)

    monkeypatch.setattr(Path, "unlink", watched)
    world.store.erase(world.rows("SELECT id FROM sealed.filing WHERE id = %s", filing)[0]["id"])
    assert len(seen) == 2
    assert key not in seen
    monkeypatch.undo()
    world.execute("UPDATE sealed.filing SET state = 'shredding', closed_on = '2026-01-01' WHERE id = %s", filing)
    shred_due(world.database, world.store, 3650)


def test_heads_enter_the_trail_without_their_numbers(world: World) -> None:
    world.file(world.phone(world.court).seal())
    assert record_heads(world.database) >= 1
    (body,) = world.rows("SELECT content FROM audit.body ORDER BY sequence DESC LIMIT 1")
    assert "number" not in body["content"]
    (counter,) = world.rows("SELECT head FROM sealed.counter WHERE purpose = 'objection'")
    assert counter["head"].hex() in body["content"]


def spellings(text: str) -> list[bytes]:
    raw = text.encode()
    return [
        raw,
        text.encode("utf-16-le"),
        raw.hex().encode(),
        base64.b64encode(raw)[:-4],
        base64.urlsafe_b64encode(raw)[:-4],
    ]


def found(world: World, text: str) -> list[str]:
    """Where a text stands, in any spelling: a whole dump, and every file of the server's own directory."""
    dump = subprocess.run(["pg_dump", world.url], capture_output=True, check=True).stdout
    heaps = {str(path): path.read_bytes() for path in world.var.rglob("*") if path.is_file()}
    return [where for where, data in ({"dump": dump} | heaps).items() if any(one in data for one in spellings(text))]


def test_no_word_of_a_filing_stands_anywhere(world: World, caplog: pytest.LogCaptureFixture) -> None:
    phone = world.phone(world.court)
    body = phone.seal(CANARY, jpegs=(b"\xff\xd8" + CANARY.encode() * 9,), contact=CANARY)
    assert world.file(body).status_code == 201
    world.post("/messages", phone.words(1, CANARY))
    world.status(phone)
    assert found(world, CANARY) == []
    assert CANARY not in caplog.text
    lookup = phone.keys.lookup
    dump = subprocess.run(["pg_dump", world.url], capture_output=True, check=True).stdout
    assert lookup.hex().encode() not in dump
    # The control: planted in the clear, it is found.
    world.execute("INSERT INTO register.clock VALUES (%s, 'duty', 1, 'day', '2020-01-01', NULL, '')", CANARY)
    (world.var / "planted.log").write_bytes(os.urandom(99) + CANARY.encode("utf-16-le"))
    assert found(world, CANARY) == ["dump", str(world.var / "planted.log")]
    world.execute("DELETE FROM register.clock WHERE name = %s", CANARY)
