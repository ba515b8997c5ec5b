"""The hostile court made and filled: its register, lists, requests, notices and officers hold the payloads."""

from __future__ import annotations

import io
import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from backend.core.clock import today
from backend.core.names import fold
from backend.core.sealing.wire import to_text
from tests.data.payloads import packs, script_payloads, storable
from tests.e2e.built import put_console
from tests.e2e.console_door import served
from tests.e2e.hostile_court import HostileCourt
from tests.e2e.hostile_letters import pay, send_claims, send_objections, send_tips
from tests.integration.filing_world import ROOT, World, world_in
from tests.integration.listings.lists import person
from tests.integration.register import Register
from tests.integration.tips.seats import Seat, sit
from tests.integration.tips.test_routes import make_notice

# Cases of 2025 in the signs of the world's court.
CASE = "（2025）虚9999执{}号"
# Between them every role; nobody holds those of keeper and approver together.
ALL_BUT_APPROVER = ("clerk", "reward_officer", "keeper", "auditor")
ALL_BUT_KEEPER = ("clerk", "approver", "reward_officer", "auditor")


@contextmanager
def hostile_court(database_url: str, var: Path, web: Path) -> Iterator[HostileCourt]:
    with world_in(database_url, "hostile", var) as world:
        world.kind = "tips"
        (world.var / "web").symlink_to(web)
        put_console(world.var / "console", to_text(ROOT.public))
        with served(world.app) as address:
            court = HostileCourt(world, address)
            _fill(court)
            yield court


def _fill(court: HostileCourt) -> None:
    with psycopg.connect(court.world.url, row_factory=dict_row) as connection:
        _write_officers(connection, court)
        _write_register(connection, court)
    _write_court(court)
    clerk, second = sit(court.world, court.all), sit(court.world, court.second)
    for write in (_send_list, _move_listings, _write_notices):
        write(court, clerk, second)
    _write_account(court)
    send_tips(court)
    send_objections(court)
    send_claims(court)
    pay(court, clerk, second)


def _write_officers(connection: psycopg.Connection[Any], court: HostileCourt) -> None:
    short = [storable(payload) for payload in script_payloads() if len(payload) <= 40]
    rows: list[tuple[str, str, tuple[str, ...]]] = [
        (court.all, short[0], ALL_BUT_APPROVER),
        (court.second, short[1], ALL_BUT_KEEPER),
        (court.third, short[2], ALL_BUT_KEEPER),
    ]
    rows += [(f"o.{number}", name, ("auditor",)) for number, name in enumerate(short[3:])]
    for login, name, roles in rows:
        connection.execute(
            "INSERT INTO register.officer (court_id, login, name, roles) VALUES (%s, %s, %s, %s)",
            (court.world.court, login, name, list(roles)),
        )


def _write_register(connection: psycopg.Connection[Any], court: HostileCourt) -> None:
    """One listed for each payload, past the checks of an import, which would refuse some."""
    register = _register_of(connection, court.world)
    written: list[tuple[str, str]] = []
    lasts_until = today() + timedelta(days=400)
    for number, payload in enumerate(script_payloads()):
        text = storable(payload)
        body: dict[str, Any] = {
            "kind": "company", "representative": text, "registered_address": text, "point": (114.512, 38.001),
        }  # fmt: skip
        entity = register.entity(text, **(body if number % 2 else {}))
        listing = register.listing(
            entity, case_number=CASE.format(7000 + number), duty=text, performed_part=text, unperformed_part=text,
            basis_issuer=text, basis_number=text, import_file_id=register.import_file, term_ends_on=lasts_until,
        )  # fmt: skip
        written.append((str(entity), str(listing)))
    connection.execute("UPDATE register.import_file SET name = %s", (storable(packs(200)[0]),))
    for (_, held), pack in zip(written[-8:], packs(2000), strict=False):
        connection.execute(
            "INSERT INTO register.withheld_text (listing_id, field, original) VALUES (%s, 'duty', %s)",
            (held, storable(pack)),
        )
    without_term = register.listing(court.world.entity, grounds=(2,), term_ends_on=None)
    court.ids["without_term"] = str(without_term)
    court.ids["entities"] = [entity for entity, _ in written]
    court.ids["listings"] = [listing for _, listing in written]


def _register_of(connection: psycopg.Connection[Any], world: World) -> Register:
    """The world's own register, not another one."""
    register = Register.__new__(Register)
    register.connection = connection
    register.courts = [world.court]
    [row] = connection.execute("SELECT id FROM register.import_file LIMIT 1").fetchall()
    register.import_file = row["id"]
    register._serial = iter(range(90_000, 99_999))  # type: ignore[assignment]
    return register


def _write_court(court: HostileCourt) -> None:
    """What the public reads of a court; one pack, as there is one court."""
    world, [phone, *_], [address, *_] = court.world, packs(60), packs(120)
    world.execute(
        "UPDATE register.court SET phone = %s, address = %s WHERE id = %s", storable(phone), storable(address),
        world.court,
    )  # fmt: skip


def _send_list(court: HostileCourt, clerk: Seat, _: Seat) -> None:
    [name] = court.world.rows("SELECT name FROM register.court WHERE id = %s", court.world.court)
    court.world.execute("INSERT INTO register.court_name VALUES (%s, %s)", fold(name["name"]), court.world.court)
    rows = [
        person(
            number, iname=f"赵示例{payload}", courtName=name["name"], caseCode=CASE.format(8000 + number),
            duty=payload, gistUnit=payload, gistId=payload, performedPart=payload, unperformPart=payload,
            businessEntity=payload, areaName=payload,
        )
        for number, payload in enumerate(script_payloads(), 1)
    ]  # fmt: skip
    named = next(payload for payload in script_payloads() if len(payload) < 100 and not set(payload) & set("/\\\0"))
    file = (io.BytesIO(json.dumps(rows, ensure_ascii=False).encode()), f"{named}.json")
    court.ids["list"] = court.post(clerk, "/lists/", list=file)
    court.ids["refused_list"] = court.post(clerk, "/lists/", list=(io.BytesIO(b"[]"), file[1]))
    court.ids["trail_check"] = court.post(clerk, "/settings/audit/verify")
    deadline = time.monotonic() + 60
    while court.world.rows("SELECT id FROM register.court_list WHERE state = 'checking'"):
        assert time.monotonic() < deadline, "the check does not end"
        time.sleep(0.05)
    court.ids["asked_list"] = _ask(court, clerk, f"{court.ids['list']}/ask")


def _ask(court: HostileCourt, clerk: Seat, path: str, **form: Any) -> str:
    """Put something before the second officer, for a reason that holds a third of the payloads."""
    return court.post(clerk, path, reason=storable(packs(2000)[0]), **form)


def _move_listings(court: HostileCourt, clerk: Seat, second: Seat) -> None:
    """Reasons and corrected values in the history, in requests that wait, were sent back and were approved."""
    listings = iter(court.ids["listings"][:20])
    for pack in packs(2000):
        listing, text = next(listings), storable(pack)
        form = {"field": "duty", "value": text, "cause": "wrong_data", "reason": text}
        court.post(clerk, f"/listings/{listing}/correction", **form)
        early = {"decision": "delete", "reason": text}
        asked = court.post(clerk, f"/listings/{listing}/early-deletion", **early)
        court.post(second, f"{asked}/send-back", reason=text)
        court.ids.setdefault("decided", []).append(asked)
        court.ids.setdefault("asked", []).append(court.post(clerk, f"/listings/{listing}/early-deletion", **early))
        court.ids.setdefault("moved", []).append(listing)
    court.ids["gone"] = gone = next(listings)
    court.post(clerk, f"/listings/{gone}/withdrawal", cause="wrongly_listed", reason=text)
    court.post(clerk, f"/listings/{gone}/removal-notice")
    address = storable(packs(120)[-1])
    changed = court.post(clerk, "/settings/profile", phone="0000-0000001", address=address, reason=text)
    court.ids["asked"].append(changed)
    back = court.post(clerk, f"/listings/{next(listings)}/early-deletion", decision="delete", reason=text)
    court.post(second, f"{back}/send-back", reason=text)


def _write_notices(court: HostileCourt, *_: Seat) -> None:
    world = court.world
    listings = iter(court.ids["listings"][50:])
    court.ids["notices"] = [
        str(make_notice(world, uuid.UUID(next(listings)), how_to_claim=storable(pack))) for pack in packs(500)
    ]


def _write_account(court: HostileCourt) -> None:
    """What browsers and keys call themselves."""
    [row] = court.world.rows("SELECT id FROM register.officer WHERE login = %s", court.all)
    called = [(number.to_bytes(32), row["id"], storable(payload)) for number, payload in enumerate(script_payloads())]
    with psycopg.connect(court.world.url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO desk.credential (officer_id, password_hash) VALUES (%s, '$argon2id$')", (row["id"],)
        )
        cursor.executemany(
            "INSERT INTO desk.session (digest, officer_id, agent, proved_at) VALUES (%s, %s, %s, now())", called
        )
        cursor.executemany(
            "INSERT INTO desk.passkey (id, officer_id, public_key, sign_count, label)"
            " VALUES (%s, %s, 'k', 0, left(%s, 60))",
            called,
        )
