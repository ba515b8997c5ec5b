from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from click.testing import Result

from backend.core.clock import now
from backend.core.errors import NotFound, OperatorError
from backend.core.filings.keyring import Reader, open_keyring
from backend.core.filings.refusals import NotAReader
from backend.core.sealing.envelopes import KeyPair
from backend.core.sealing.refusals import CannotOpen, UntrustedKey
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, sign_statement
from backend.core.sealing.wire import to_text
from backend.courts import keys
from backend.courts.demo_keys import fill_demo_keys
from backend.courts.keeping import OldKey, Root, Sheets, store_statement
from backend.courts.officers import NewOfficer, add_officer, end_officer
from backend.listings.service import clear_demo
from backend.objections.service import open_objection
from tests.integration.filing_world import ROOT, World, copy_of, world_in


@pytest.fixture(scope="module")
def untouched(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(database_url, "keyed", tmp_path_factory.mktemp("var")) as world:
        yield world


@pytest.fixture
def world(untouched: World, tmp_path: Path) -> Iterator[World]:
    with copy_of(untouched, "keyed_copy", tmp_path / "var") as world:
        yield world


def reader(world: World, login: str) -> Reader:
    with world.database.transaction("operator") as connection:
        return open_keyring(connection, login, world.phrases[login])


def statement(world: World, use: str, number: int, signer: bytes, days: int = 1) -> Statement:
    ends = (now() + timedelta(days=days)).replace(microsecond=0)
    return sign_statement(Statement(str(world.court), use, number, b"k" * 32, ends), signer)


def store(world: World, stated: Statement) -> None:
    with world.database.transaction("operator") as connection:
        store_statement(connection, stated, ROOT.public)


def test_a_phone_walks_from_the_root_to_every_key(world: World) -> None:
    assert [key["use"] for key in world.show_court()["keys"]] == ["sign", "box", "cert", "reward"]
    assert all(world.key(use)[0] == 1 for use in ("box", "cert", "reward"))
    shown = world.show_court()
    assert (shown["accepts_objections"], shown["accepts_tips"]) == (True, True)


def test_objections_need_one_reader_and_tips_two(world: World) -> None:
    end_officer(world.database, "zhou")
    assert (world.show_court()["accepts_objections"], world.show_court()["accepts_tips"]) == (True, False)
    end_officer(world.database, "lin")
    assert (world.show_court()["accepts_objections"], world.show_court()["accepts_tips"]) == (False, False)


def test_an_expired_key_is_not_served_and_closes_the_court(world: World) -> None:
    world.execute("UPDATE register.court_key SET not_after = now() - interval '1 second' WHERE use = 'box'")
    assert [key["use"] for key in world.show_court()["keys"]] == ["sign", "cert", "reward"]
    assert world.show_court()["accepts_objections"] is False


def test_with_its_signing_key_whatever_it_signed_is_served_no_more(world: World) -> None:
    move = "UPDATE register.court_key SET not_after = not_after + make_interval(days => %s) WHERE use = 'sign'"
    world.execute(move, -9999)
    assert world.show_court()["keys"] == []
    world.execute(move, 9999)
    assert len(world.show_court()["keys"]) == 4  # the control
    store(world, statement(world, "sign", 2, b"r" * 32))
    assert [key["use"] for key in world.show_court()["keys"]] == ["sign"]
    assert world.show_court()["accepts_objections"] is False


def test_only_the_path_that_phones_walk_is_stored(world: World) -> None:
    _, seed = reader(world, "lin").newest("sign")
    store(world, statement(world, "box", 2, seed))
    with pytest.raises(OldKey):
        store(world, statement(world, "box", 2, seed))
    with pytest.raises(OldKey):
        store(world, statement(world, "box", 1, seed))
    for wrong in (
        statement(world, "box", 3, b"x" * 32),
        statement(world, "sign", 2, seed),
        statement(world, "box", 3, seed, days=-1),
        replace(statement(world, "box", 3, seed), use="reward"),
        replace(statement(world, "box", 3, seed), key=b"o" * 32),
    ):
        with pytest.raises(UntrustedKey):
            store(world, wrong)


def test_the_database_itself_refuses_a_lower_number(world: World) -> None:
    insert = (
        "INSERT INTO register.court_key (court_id, use, number, key, not_after, signature, signed_by)"
        " SELECT court_id, use, number, key, not_after, signature, signed_by FROM register.court_key WHERE use = 'box'"
    )
    with pytest.raises(psycopg.errors.CheckViolation, match="of this number or a higher one"):
        world.execute(insert)


def test_roles_say_who_holds_what(world: World) -> None:
    held = {login: sorted(use for use, _ in reader(world, login).secrets) for login in world.phrases}
    assert held == {"zhou": ["box"], "lin": ["box", "sign"], "wu": ["reward"]}
    with pytest.raises(CannotOpen), world.database.transaction("operator") as connection:
        open_keyring(connection, "zhou", world.phrases["lin"])
    with pytest.raises(NotFound), world.database.transaction("operator") as connection:
        open_keyring(connection, "nobody", "x")


def test_rotation_gives_new_numbers_and_old_filings_stay_readable(world: World) -> None:
    number = world.file(world.phone(world.court).seal()).get_json()["number"]
    with pytest.raises(NotAReader):
        keys.rotate(world.database, world.code, ROOT, reader(world, "zhou"))
    assert keys.rotate(world.database, world.code, Root(ROOT.public), reader(world, "lin")) == {"box": 2, "reward": 2}
    assert world.key("box")[0] == 2
    assert open_objection(world.desk(), number).letter.address.key == 1


def test_with_the_root_the_signing_key_is_replaced_and_the_path_holds(world: World) -> None:
    numbers = keys.rotate(world.database, world.code, ROOT, reader(world, "lin"))
    assert numbers == {"sign": 2, "cert": 2, "box": 2, "reward": 2}
    assert {use: world.key(use)[0] for use in ("box", "reward", "cert")} == {"box": 2, "reward": 2, "cert": 2}
    assert world.file(world.phone(world.court).seal()).status_code == 201


def test_a_holder_lets_a_new_officer_read_and_the_server_alone_cannot(world: World) -> None:
    add_officer(world.database, NewOfficer(world.code, "chen", "虚构人员", ("clerk",)))
    added = keys.add_officer_key(world.database, "chen", None)
    assert added.phrase
    assert len(added.phrase.split()) == 6
    world.phrases["chen"] = added.phrase
    assert reader(world, "chen").secrets == {}
    again = keys.add_officer_key(world.database, "chen", reader(world, "zhou"))
    assert (again.phrase, again.granted, again.fingerprint) == (None, 1, added.fingerprint)
    assert reader(world, "chen").secrets == reader(world, "zhou").secrets


def test_a_removed_officer_holds_nothing_and_what_they_knew_is_replaced(world: World) -> None:
    before = reader(world, "zhou").secrets
    with pytest.raises(OperatorError, match="root"):
        keys.remove_officer_key(
            world.database, "lin", Root(ROOT.public), replace(reader(world, "lin"), officer=world.court)
        )
    signed_in = "SELECT login FROM desk.session INNER JOIN register.officer ON officer.id = officer_id ORDER BY login"
    world.execute(
        "INSERT INTO desk.session (digest, officer_id, agent) SELECT sha256(CAST(login AS bytea)), id, 'test'"
        " FROM register.officer WHERE login IN ('zhou', 'wu')"
    )
    world.execute(
        "INSERT INTO desk.credential (officer_id, password_hash)"
        " SELECT id, '$argon2id$' FROM register.officer WHERE login = 'zhou'"
    )
    assert [row["login"] for row in world.rows(signed_in)] == ["wu", "zhou"]
    assert keys.remove_officer_key(world.database, "zhou", Root(ROOT.public), reader(world, "lin"))["box"] == 2
    assert [row["login"] for row in world.rows(signed_in)] == ["wu"], "sessions end"
    assert world.rows("SELECT active FROM register.officer WHERE login = 'zhou'") == [{"active": False}]
    assert world.rows("SELECT FROM desk.credential") == []
    entries = world.rows("SELECT action FROM audit.entry WHERE action IN ('officer.end', 'keys.remove_officer')")
    assert [entry["action"] for entry in entries] == ["keys.remove_officer", "officer.end"]
    with pytest.raises(NotFound):
        reader(world, "zhou")
    _, present = world.key("box")
    assert present not in [KeyPair.of(secret).public for secret in before.values()]


def test_two_sheets_give_the_court_its_keys_back_and_one_does_not(world: World) -> None:
    world.execute("DELETE FROM register.court_secret WHERE officer_id IS NOT NULL")
    assert world.show_court()["accepts_objections"] is False
    with pytest.raises(CannotOpen):
        keys.recover(world.database, "lin", Sheets(world.sheets.first, world.sheets.first))
    assert keys.recover(world.database, "lin", world.sheets) == 2
    assert sorted(reader(world, "lin").secrets) == [("box", 1), ("sign", 1)]


def test_another_root_makes_no_court(world: World) -> None:
    with pytest.raises(OperatorError, match="ROOT_PUBLIC_KEY"):
        keys.make_court(world.database, world.code, Root(ROOT.public, b"o" * 32), verify_key_of(b"s" * 32))


def test_a_keepers_day_by_command_line(world: World, tmp_path: Path) -> None:
    def run(*arguments: str, phrase: str = "") -> Result:
        runner = world.app.test_cli_runner()
        return runner.invoke(args=["keys", *arguments], env={"OFFICER_PHRASE": phrase})

    made = run("make-root", "--out", str(tmp_path / "root"))
    assert made.exit_code == 0, made.output
    assert (tmp_path / "root" / "root-public.txt").read_text().strip() in made.output
    assert run("make-root", "--out", str(tmp_path / "root")).exit_code == 1
    rotated = run("rotate", world.code, "--by", "lin", phrase=world.phrases["lin"])
    assert "box 2" in rotated.output, rotated.output
    refused = run("rotate", world.code, "--by", "lin", phrase="wrong words")
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output
    root_file = tmp_path / "r"
    root_file.write_text("cnJycnJycnJycnJycnJycnJycnJycnJycnJycnJycnI\n")
    removed = run("remove-officer", "zhou", "--by", "lin", "--root-file", str(root_file), phrase=world.phrases["lin"])
    assert "sign 2" in removed.output, removed.output
    gone = run("add-officer", "zhou", "--by", "lin", phrase=world.phrases["lin"])
    assert (gone.exit_code, "may act no more" in gone.output) == (1, True)
    add_officer(world.database, NewOfficer(world.code, "chen", "虚构人员", ("clerk",)))
    added = run("add-officer", "chen", "--by", "lin", phrase=world.phrases["lin"])
    assert "Phrase, shown once" in added.output, added.output
    for name, share in (("one", world.sheets.first), ("two", world.sheets.second)):
        (tmp_path / name).write_text(to_text(share))
    recovered = run("recover", "lin", "--sheet", str(tmp_path / "one"), "--sheet", str(tmp_path / "two"))
    assert "keys recovered" in recovered.output, recovered.output
    listed = run("list").output
    assert f"{world.code}\tbox\t3" in listed
    other = run("make-court", world.code, "--root-file", str(root_file), "--out", str(tmp_path / "sheets"))
    assert other.exit_code == 0, other.output


def test_the_demos_keys_open_courts_and_go_with_the_demo(world: World, tmp_path: Path) -> None:
    world.execute("UPDATE register.court SET code = '冀0108' WHERE name = '东城区人民法院'")
    (court,) = world.rows("SELECT id FROM register.court WHERE code = '冀0108'")
    public = fill_demo_keys(world.database, tmp_path / "demo")
    assert fill_demo_keys(world.database, tmp_path / "demo") == public
    shown = world.show_court(court["id"])
    assert (shown["accepts_objections"], shown["accepts_tips"]) == (True, True)
    clear_demo(world.database)
    shown = world.show_court(court["id"])
    assert (shown["accepts_objections"], shown["keys"]) == (False, [])
    assert world.show_court()["accepts_objections"] is True
    assert (shown["phone"], shown["address"]) == (None, None)
    assert fill_demo_keys(world.database, tmp_path / "demo") == public
    assert world.show_court(court["id"])["accepts_objections"] is False  # its list is gone with the demo
    world.execute("UPDATE register.court SET as_of = now() WHERE id = %s", court["id"])
    assert world.show_court(court["id"])["accepts_objections"] is True


def test_a_demo_of_an_earlier_release_gets_the_officers_and_roles_it_lacks(world: World, tmp_path: Path) -> None:
    """Then no keeper held the signing key, and there was no second approver; nothing is done twice, nor to others."""
    world.execute("UPDATE register.court SET code = '冀0108' WHERE name = '东城区人民法院'")
    fill_demo_keys(world.database, tmp_path / "demo")
    world.execute("INSERT INTO register.import_file (name, sha256, source, counts) VALUES ('d', 'd', 'demo', '{}')")
    held = tmp_path / "demo" / "demo-keys.json"
    before = json.loads(held.read_text("utf-8"))["officers"]
    world.execute("UPDATE register.officer SET roles = '{clerk}' WHERE login = 'demo-clerk'")
    world.execute("DELETE FROM register.court_secret WHERE use = 'sign' AND officer_id = %s", _id(world, "demo-clerk"))
    for table in ("court_secret", "officer_key", "key_exposure"):
        world.execute(f"DELETE FROM register.{table} WHERE officer_id = %s", _id(world, "demo-second"))
    world.execute("DELETE FROM register.officer WHERE login = 'demo-second'")
    add_officer(world.database, NewOfficer("冀0108", "demo.real", "虚构人员", ("clerk",)))
    fill_demo_keys(world.database, tmp_path / "demo")
    assert _uses(world, "demo-clerk") == {"box"}  # the control: others act for the court
    end_officer(world.database, "demo.real")
    fill_demo_keys(world.database, tmp_path / "demo")
    assert (_uses(world, "demo-clerk"), _uses(world, "demo-second")) == ({"box", "sign"}, {"box"})
    after = json.loads(held.read_text("utf-8"))["officers"]
    assert after["demo-clerk"] == before["demo-clerk"]
    with world.database.transaction("operator") as connection:
        keeper = open_keyring(connection, "demo-clerk", after["demo-clerk"]["phrase"])
        assert {use for use, _ in keeper.secrets} == {"box", "sign"}
        assert open_keyring(connection, "demo-second", after["demo-second"]["phrase"]).newest("box")
    [trail] = world.rows("SELECT sequence FROM audit.head")
    fill_demo_keys(world.database, tmp_path / "demo")
    assert world.rows("SELECT sequence FROM audit.head") == [trail]


def _id(world: World, login: str) -> object:
    return world.rows("SELECT id FROM register.officer WHERE login = %s", login)[0]["id"]


def _uses(world: World, login: str) -> set[str]:
    rows = world.rows("SELECT use FROM register.court_secret WHERE officer_id = %s", _id(world, login))
    return {row["use"] for row in rows}
