"""What is forgotten and what is not, in a database of its own whose day is set for every connection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from nacl.signing import SigningKey
from psycopg.rows import dict_row

from backend.app import create_app
from backend.config import Settings
from backend.core.audit import verify
from backend.core.clock import today
from backend.core.db import Database
from backend.core.errors import Conflict
from backend.listings.findings import clear_finding, record_minor
from backend.listings.life import Move, move
from backend.listings.removal_notices import issue_notice
from backend.listings.retention import forget, list_forgettable
from tests.databases import database_of_its_own
from tests.integration.life.parties import Court
from tests.integration.register import TODAY, Register

# 180 days behind TODAY, on which the bar of six months still has four days to run.
LAST = TODAY + timedelta(days=180)
NOTHING = {"listings": 0, "entities": 0, "withheld texts": 0, "audit bodies": 0, "keys": 0, "removal notices": 0}


class Held:
    """A committed register; `day` is what every new connection takes for today."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.database = Database(url)
        with self.connect() as connection:
            court = Court(Register(connection))
            self.register, self.court = court.register, court
            self._fill(court)
        self.day(LAST)

    def connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url, row_factory=dict_row)

    def day(self, day: date) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE forgetting SET listings.today = '{day}'")
        # Connections that rest have the day of their beginning.
        self.database.close()

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        with self.connect() as connection:
            return list(connection.execute(sql, values).fetchall())

    def everything(self) -> str:
        """Every row of every table of the register and what is served, as text."""
        with self.connect() as connection:
            tables = connection.execute(
                "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
                " WHERE schemaname IN ('register', 'serving')"
            ).fetchall()
            return "".join(
                str(connection.execute(f"SELECT t::text AS row FROM {table['name']} AS t").fetchall())
                for table in tables
            )

    def _fill(self, court: Court) -> None:
        register = self.register
        self.gone_entity = register.entity("甄将忘")
        self.gone = register.listing(
            self.gone_entity, case_number="（2025）虚9999执901号", term_ends_on=None, duty="甄将忘"
        )
        register.connection.execute(
            "INSERT INTO register.withheld_text (listing_id, field, original) VALUES (%s, 'duty', '甄将忘')",
            (self.gone,),
        )
        move(register.connection, self.gone, Move("delete", "creditor_request", note="甄将忘"), court.both)
        self.past = register.listing(register.entity("过期虚构"), grounds=(4,), term_ends_on=TODAY - timedelta(days=1))
        two = register.entity("两案虚构")
        self.one_of_two = register.listing(two, "ended")
        register.insert_event(self.one_of_two, cause="performed", effective_on=TODAY)
        self.other_of_two = register.listing(two, term_ends_on=None)
        self.minor_entity = register.entity("幼虚构")
        self.minor = register.listing(self.minor_entity, term_ends_on=None)
        record_minor(register.connection, self.minor_entity, court.alone)
        self.waiting = register.listing(register.entity("等待虚构"), "ended")
        register.insert(
            "task", listing_id=self.waiting, court_id=register.courts[0], kind="decide_objection", begun_on=TODAY
        )
        register.insert(
            "task", listing_id=self.gone, court_id=register.courts[0], kind="decide_objection", begun_on=TODAY,
            done_on=TODAY,
        )  # fmt: skip
        self.invented = register.listing(register.entity("演示虚构", source="demo"), "ended", source="demo")
        self.late = register.listing(register.entity("晚虚构"), state="ended", ended_on=TODAY + timedelta(days=1))

    @property
    def past_life(self) -> set[UUID]:
        return {self.gone, self.past, self.one_of_two, self.minor}


@pytest.fixture
def held(database_url: str) -> Iterator[Held]:
    with database_of_its_own(database_url, "forgetting") as url:
        yield Held(url)


def test_what_is_past_its_legal_life_is_reduced_to_tombstones_that_name_nobody(held: Held) -> None:
    assert "甄将忘" in held.everything()
    assert forget(held.database) == NOTHING | {"listings": 4, "entities": 3, "withheld texts": 0}
    stones = {row["listing_id"]: row for row in held.rows("SELECT * FROM register.tombstone")}
    assert stones.keys() == held.past_life
    assert stones[held.gone] == {
        "listing_id": held.gone, "court_id": held.register.courts[0], "source": "court", "state": "deleted",
        "cause": "creditor_request", "published_on": TODAY - timedelta(days=100), "ended_on": TODAY,
        "reduced_on": LAST, "listing_key": held.gone.bytes, "barred_until": date(2026, 9, 1), "taken_down": True,
    }  # fmt: skip
    assert (stones[held.past]["state"], stones[held.past]["cause"]) == ("expired", "term_ended")
    assert not stones[held.one_of_two]["taken_down"], "a file deleted it and may list it again"
    assert "虚9999执901" not in held.everything()
    with held.database.transaction("operator") as connection:
        connection.execute("DELETE FROM register.name WHERE name_folded = '甄将忘'")
    assert "甄将忘" not in held.everything()  # but for the index of names, which has a sweep of its own
    assert "幼虚构" not in str(held.rows("SELECT name FROM register.entity"))
    left = {row["id"] for row in held.rows("SELECT id FROM register.listing")}
    assert {held.other_of_two, held.waiting, held.invented, held.late, held.court.noise} <= left
    assert not left & held.past_life
    assert held.rows("SELECT place FROM serving.differences() WHERE number <> 0") == []


def test_the_sweep_takes_the_names_that_nobody_bears_any_more(held: Held) -> None:
    app = create_app(Settings.from_environment({}), held.database)
    forget(held.database)
    assert "甄将忘" in held.everything()
    assert app.test_cli_runner().invoke(args=["jobs", "run", "sweep-names"]).exit_code == 0
    assert "甄将忘" not in held.everything()


def test_a_dry_run_lists_exactly_what_would_go_and_changes_nothing(held: Held) -> None:
    before = held.everything()
    app = create_app(Settings.from_environment({}), held.database)
    done = app.test_cli_runner().invoke(args=["jobs", "run", "retention", "--dry-run"])
    lines = [line.split("\t") for line in done.output.splitlines()]
    assert {UUID(line[1]) for line in lines if line[0] == "listing"} == held.past_life
    assert [UUID(line[1]) for line in lines if line[0] == "withheld text"] == [held.gone]
    assert "甄将忘" not in done.output
    assert held.everything() == before
    forget(held.database)
    assert list(list_forgettable(held.database)) == []
    assert forget(held.database) == NOTHING  # a second run finds nothing to do


def test_a_day_earlier_only_what_ended_a_day_earlier_goes(held: Held) -> None:
    held.day(LAST - timedelta(days=1))
    forget(held.database)
    gone = {row["listing_id"] for row in held.rows("SELECT listing_id FROM register.tombstone")}
    assert gone == {held.one_of_two}


def test_a_removal_notice_outlives_its_listing_and_a_withheld_text_does_not(held: Held) -> None:
    held.day(TODAY)
    with held.connect() as connection:
        issue_notice(connection, held.gone, held.court.alone, SigningKey(b"\x07" * 32))
    for days, texts, gone in ((14, 0, 0), (15, 1, 0), (180, 0, 0), (1094, 0, 0), (1095, 0, 1)):
        held.day(TODAY + timedelta(days=days))
        told = [line for line in list_forgettable(held.database) if line.startswith("removal notice")]
        done = forget(held.database)
        assert (len(told), done["removal notices"], done["withheld texts"]) == (gone, gone, texts)
        assert len(held.rows("SELECT FROM register.removal_notice")) == 1 - gone


def test_without_a_rule_nothing_is_forgotten(held: Held) -> None:
    with held.connect() as connection:
        connection.execute("DELETE FROM register.retention")
    held.day(LAST + timedelta(days=9000))
    assert forget(held.database) == NOTHING


@pytest.mark.parametrize("kind", ["decide_objection", "act_on_objection", "decide_review"])
def test_an_open_objection_keeps_what_it_is_about(held: Held, kind: str) -> None:
    with held.connect() as connection:
        connection.execute("UPDATE register.task SET kind = %s WHERE done_on IS NULL", (kind,))
    forget(held.database)
    assert held.waiting not in {row["listing_id"] for row in held.rows("SELECT listing_id FROM register.tombstone")}
    with held.connect() as connection:
        connection.execute("UPDATE register.task SET done_on = %s WHERE done_on IS NULL", (LAST,))
    assert forget(held.database)["listings"] == 1
    assert held.rows("SELECT listing_id FROM register.task") == [{"listing_id": None}] * 2  # counted, about nobody


def _tip(held: Held, target: UUID, day: date) -> UUID:
    """One about a listing, opened and not decided."""
    filing, court = uuid4(), held.register.courts[0]
    with held.connect() as connection:
        connection.execute(
            "INSERT INTO sealed.filing"
            " SELECT %s, 'tip', %s, 'listing', %s, 1, count(*) + 1, %s, %s, %s, 'checking', NULL FROM sealed.filing",
            (filing, court, target, datetime(day.year, day.month, day.day, tzinfo=UTC), b"e" * 32, b"h" * 32),
        )
        connection.execute("INSERT INTO register.tip (filing_id, court_id) VALUES (%s, %s)", (filing, court))
    return filing


def test_a_reward_that_may_be_due_keeps_the_notice_that_promised_it(held: Held) -> None:
    with held.connect() as connection:
        held.register.connection = connection
        promised, before, plain = (held.register.listing(held.register.entity(), "ended") for _ in range(3))
        for listing in (promised, before, plain):
            held.register.notice(listing)
        officer = held.register.officer(held.register.courts[0], "reader", "clerk")
    filing = _tip(held, promised, TODAY - timedelta(days=1))
    _tip(held, before, TODAY - timedelta(days=11))

    def kept(*statements: str) -> bool:
        with held.connect() as connection:
            for statement in statements:
                connection.execute(statement)
        forget(held.database)
        return bool(held.rows("SELECT FROM register.notice WHERE listing_id = %s", promised))

    decided = f"outcome = 'useful', decided_on = '{LAST}', officer_id = '{officer}'"
    assert kept(), "nobody has decided"
    left = {row["id"] for row in held.rows("SELECT id FROM register.listing")}
    assert not left & {before, plain}, "nothing was promised when it came; nobody sent any"
    assert kept(f"UPDATE register.tip SET {decided} WHERE filing_id = '{filing}'"), "it can be claimed for"
    claim = "INSERT INTO sealed.claim (id, filing_id, court_id, number, key_id, filed_on, data, digest)"
    claim += f" SELECT id, id, court_id, 1, 1, '{LAST}', '', sha256('') FROM sealed.filing WHERE id = '{filing}'"
    assert kept(claim), "it is to be decided"
    assert not kept(f"UPDATE sealed.claim SET state = 'refused', closed_on = '{LAST}'"), "the control"


def test_the_bar_of_six_months_outlives_the_listing(held: Held) -> None:
    forget(held.database)
    with held.connect() as connection:
        held.register.connection = connection
        held.register.set_today(LAST)
        again = held.register.listing(held.register.entity(), term_ends_on=None, listing_key=held.gone.bytes)
        resume = Move("resume", "corrected")
        state = connection.execute("SELECT state FROM register.listing WHERE id = %s", (again,)).fetchone()
        assert state == {"state": "suspended"}
        with pytest.raises(Conflict, match="barred until 2026-09-01"):
            move(connection, again, resume, held.court.both)
        held.register.set_today(date(2026, 9, 1))
        with pytest.raises(Conflict, match="barred until 2026-09-01"):
            move(connection, again, resume, held.court.both)
        held.register.set_today(date(2026, 9, 2))
        assert move(connection, again, resume, held.court.both) == "published"


def test_without_its_trigger_a_file_would_show_again_what_officers_took_down(held: Held) -> None:
    forget(held.database)
    with held.connect() as connection:
        connection.execute("ALTER TABLE register.listing DISABLE TRIGGER hold_back_reduced")
        held.register.connection = connection
        again = held.register.listing(held.register.entity(), term_ends_on=None, listing_key=held.gone.bytes)
    assert held.rows("SELECT state FROM register.listing WHERE id = %s", again) == [{"state": "published"}]


def test_a_minor_of_whom_nothing_is_left_is_known_again(held: Held) -> None:
    forget(held.database)
    assert held.rows("SELECT identity_key FROM register.never_shown") == [{"identity_key": held.minor_entity.bytes}]
    with held.connect() as connection:
        held.register.connection = connection
        back = held.register.entity("幼虚构", identity_key=held.minor_entity.bytes)
        listing = held.register.listing(back, term_ends_on=None)
        state = connection.execute("SELECT state FROM register.listing WHERE id = %s", (listing,)).fetchone()
        assert state == {"state": "suspended"}
        clear_finding(connection, back, "minor", held.court.both)
        assert connection.execute("SELECT FROM register.never_shown").fetchall() == []
        assert move(connection, listing, Move("resume", "of_age"), held.court.both) == "published"


def test_what_the_trail_says_is_erased_after_its_term_and_the_chain_stays_whole(held: Held) -> None:
    with held.connect() as connection:
        clear_finding(connection, held.minor_entity, "minor", held.court.both)
    held.day(today() + timedelta(days=1095))
    assert forget(held.database)["audit bodies"] == 0
    held.day(today() + timedelta(days=1097))
    assert forget(held.database)["audit bodies"] == 3  # of two listings, and of whom nobody takes for a minor now
    assert "甄将忘" not in str(held.rows("SELECT content FROM audit.body"))
    erased = "SELECT FROM audit.body INNER JOIN audit.entry USING (sequence) WHERE action = 'audit.erase'"
    assert len(held.rows(erased)) == 3
    with held.connect() as connection:
        assert verify(connection) is None
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("DELETE FROM audit.body WHERE sequence = 4")
        assert verify(connection) is not None  # the control: erased without a record


def test_the_keys_of_tombstones_are_forgotten_behind_the_bar(held: Held) -> None:
    forget(held.database)
    for days, keys in ((1094, 0), (1095, 4)):
        held.day(LAST + timedelta(days=days))
        assert min(forget(held.database)["keys"], 4) == keys
    barred = held.rows("SELECT listing_key FROM register.tombstone WHERE barred_until IS NOT NULL")
    assert {row["listing_key"] for row in barred} == {None}
