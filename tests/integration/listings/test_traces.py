"""What an import leaves behind of every listing it moved, and whom no file may list."""

from __future__ import annotations

import pytest

from backend.clocks.service import load_clocks
from backend.core.audit import verify
from backend.listings import importing
from backend.listings.domain.rejection import Reason
from backend.listings.service import clear_demo
from tests.integration.listings.events import FULL, Register, entries, events, people, states
from tests.integration.listings.lists import COURTS, YEAR, Importer, person


def test_every_move_has_its_event_and_the_file_one_entry(importer: Importer, register: Register) -> None:
    known = len(entries(register))
    importer.take(people(5))
    assert events(register) == []
    rows = [*people(3), person(4, cause="已履行完毕")]
    rows[0]["duty"] = "支付货款2,000元"
    importer.take(rows, **FULL)
    moved = events(register)
    assert sorted(moved) == [
        (1, "correct", "published", "published", "stated"),
        (4, "delete", "published", "deleted", "performed"),
        (5, "delete", "published", "deleted", "not_in_list"),
    ]
    importer.take([person(5)])
    assert events(register)[3:] == [(5, "relist", "deleted", "published", "stated")]
    first, second, third = entries(register)[known:]
    assert (first["events"], second["events"], third["events"]) == (5, 3, 1)
    assert second["counts"]["changed"] == second["counts"]["removed"] == second["counts"]["dropped"] == 1
    assert str(second["court"]) == second["full_list_of"] == COURTS[0].id
    files = register.execute("SELECT encode(sha256, 'hex') AS digest FROM register.import_file ORDER BY imported_at")
    assert [row["digest"] for row in files] == [entry["sha256"] for entry in (first, second, third)]
    with register.transaction():
        assert verify(register) is None


def test_the_same_file_again_leaves_an_entry_and_no_event(importer: Importer, register: Register) -> None:
    importer.take(people(3))
    importer.take(people(3))
    assert events(register) == []
    assert entries(register)[-1]["counts"]["unchanged"] == 3


def test_a_dry_run_leaves_nothing(importer: Importer, register: Register) -> None:
    importer.take(people(3))
    known = len(entries(register))
    importer.take(people(1), **FULL, dry_run=True)
    assert (events(register), len(entries(register))) == ([], known)


def test_an_end_by_a_file_closes_the_duties_that_end_with_it(importer: Importer, register: Register) -> None:
    importer.take(people(2))
    register.execute(
        "INSERT INTO register.task (court_id, listing_id, kind, begun_on)"
        " SELECT court_id, id, kind, current_date FROM register.listing"
        " CROSS JOIN (VALUES ('delete_after_cause'), ('act_on_objection'), ('decide_objection')) AS duty (kind)"
    )
    importer.take([person(1, cause="已履行完毕")])
    rows = register.execute("SELECT kind, count(*) AS n FROM register.task WHERE done_on IS NOT NULL GROUP BY kind")
    assert {row["kind"]: row["n"] for row in rows} == {"delete_after_cause": 1, "act_on_objection": 1}


def test_cleared_demo_records_leave_one_entry(importer: Importer, register: Register) -> None:
    importer.take(people(3), source="demo")
    known = len(entries(register, "demo.clear"))
    assert clear_demo(importer.database) == 3
    assert [entry["listings"] for entry in entries(register, "demo.clear")[known:]] == [3]
    clear_demo(importer.database)
    assert len(entries(register, "demo.clear")) == known + 1


@pytest.mark.parametrize("changes", [{"age": "17"}, {"age": "", "birth_date": f"{YEAR - 15}-01-01"}])
def test_a_row_that_shows_a_minor_takes_the_listing_down(
    importer: Importer, register: Register, changes: dict[str, str]
) -> None:
    later = {"publishDate": f"{YEAR}年06月01日", "cardNum": person(1)["cardNum"], "iname": person(1)["iname"]}
    grown_up = {**later, "publishDate": f"{YEAR}年07月01日"}
    importer.take([*people(2), person(3, **grown_up)])
    summary = importer.take([person(1, **changes), person(1, **changes, caseCode="（2099）示0101执4号")])
    assert (summary.withdrawn, summary.quarantined) == (1, {Reason.MINOR: 2})
    assert events(register) == [(1, "withdraw", "published", "withdrawn", "minor")]
    assert states(register) == {1: "withdrawn", 2: "published", 3: "published"}
    # No later file shows them again, under that case or another one of that time.
    again = importer.take([person(1), person(4, **{**grown_up, "publishDate": f"{YEAR}年05月01日"})])
    assert again.quarantined == {Reason.MINOR: 2}
    assert states(register) == {1: "withdrawn", 2: "published", 3: "published"}


def test_listings_of_the_same_time_go_with_a_minors(importer: Importer, register: Register) -> None:
    same = {"cardNum": person(1)["cardNum"], "iname": person(1)["iname"]}
    importer.take([person(1), person(2, **same), person(3)])
    assert importer.take([person(1, age="16")]).withdrawn == 2
    assert states(register) == {1: "withdrawn", 2: "withdrawn", 3: "published"}


def test_one_file_that_says_both_lists_nobody(importer: Importer, register: Register) -> None:
    summary = importer.take([person(1), person(1), person(2, age="17"), person(2), person(3), person(3, age="17")])
    assert states(register) == {1: "published"}
    assert (summary.new, summary.overruled, summary.repeated, summary.quarantined) == (1, 2, 1, {Reason.MINOR: 2})


def test_what_was_inserted_before_the_minors_row_is_counted_once(
    importer: Importer, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)
    same = {"cardNum": person(1)["cardNum"], "iname": person(1)["iname"]}
    importer.take([person(1)])
    summary = importer.take([person(2, **same), person(2, **same, age="17")])
    assert states(register) == {1: "withdrawn", 2: "withdrawn"}
    assert (summary.new, summary.withdrawn, summary.overruled, summary.repeated) == (1, 2, 0, 0)


def test_a_full_list_withdraws_a_minor_rather_than_drops_it(importer: Importer, register: Register) -> None:
    importer.take(people(3))
    importer.take([person(1), person(2, age="17"), person(3)], **FULL)
    assert states(register) == {1: "published", 2: "withdrawn", 3: "published"}


def test_whoever_may_be_a_minor_is_a_question_to_the_court(importer: Importer, register: Register) -> None:
    row = person(1, age="18", cardNum="9999992007****0001")
    importer.take([row])
    assert importer.take([{**row, "age": ""}]).quarantined == {Reason.MINOR: 1}
    assert states(register) == {1: "published"}
    tasks = register.execute("SELECT kind FROM register.task").fetchall()
    assert [task["kind"] for task in tasks] == ["check_minor"]


def test_no_file_lists_the_dead_anew(importer: Importer, register: Register) -> None:
    same = {"cardNum": person(1)["cardNum"], "iname": person(1)["iname"]}
    importer.take(people(2))
    register.execute("UPDATE register.entity SET deceased_on = current_date WHERE name = %s", (person(1)["iname"],))
    register.execute("UPDATE register.listing SET state = 'suspended' WHERE case_number LIKE '%%执1号'")
    summary = importer.take([person(1, duty="支付货款3元"), person(3, **same), person(4)])
    assert (summary.new, summary.quarantined) == (1, {Reason.DECEASED: 1})
    assert states(register) == {1: "suspended", 2: "published", 4: "published"}
    # Without the record of the death, the same row is taken.
    register.execute("UPDATE register.entity SET deceased_on = NULL")
    assert importer.take([person(3, **same)]).new == 1


def test_no_file_lists_again_within_six_months_what_the_creditor_had_deleted(
    importer: Importer, register: Register
) -> None:
    load_clocks(importer.database)
    importer.take(people(2))
    importer.take([person(1, cause="申请执行人申请删除"), person(2, cause="已履行完毕")])
    summary = importer.take(people(2))
    assert (summary.republished, summary.quarantined) == (1, {Reason.BARRED: 1})
    assert states(register) == {1: "deleted", 2: "published"}
    _make_older(register)
    assert importer.take(people(2)).republished == 1


def test_a_removal_from_before_the_bar_stops_no_later_file(importer: Importer, register: Register) -> None:
    load_clocks(importer.database)
    importer.take(people(2))
    importer.take([person(1, cause="申请执行人申请删除", exitDate="2016-03-01")])
    assert importer.take([person(1), person(3)]).republished == 1
    assert states(register) == {1: "published", 2: "published", 3: "published"}


def test_a_file_that_names_a_noted_minors_ended_listing_is_taken_but_for_that_row(
    importer: Importer, register: Register
) -> None:
    same = {"cardNum": person(1)["cardNum"], "iname": person(1)["iname"]}
    importer.take([person(1), person(3, **same)])
    importer.take([person(3, **same, cause="已履行完毕")])
    register.execute("UPDATE register.entity SET minor_noted_on = current_date")
    register.execute(
        "UPDATE register.listing SET state = 'withdrawn', ended_on = current_date, ended_cause = 'minor'"
        " WHERE case_number LIKE '%%执1号'"
    )
    summary = importer.take([person(3, **same), person(4), person(5, **same)])
    assert (summary.new, summary.withdrawn, summary.quarantined) == (1, 0, {Reason.MINOR: 2})
    assert states(register) == {1: "withdrawn", 3: "deleted", 4: "published"}
    # What the register knows is no news: a listing that waits for the court's finding stays as it is.
    register.execute("UPDATE register.entity SET minor_noted_on = NULL")
    assert importer.take([person(3, **same)]).republished == 1


@pytest.mark.parametrize(
    ("cause", "ends"),
    [
        ("错误列入，撤销", ("withdraw", "published", "withdrawn", "wrongly_listed")),
        ("期限届满", ("expire", "published", "expired", "term_ended")),
        ("已履行完毕", ("delete", "published", "deleted", "performed")),
        ("其他", ("delete", "published", "deleted", "stated")),
    ],
)
def test_a_file_withdraws_expires_and_deletes_and_lists_again_what_it_ended(
    importer: Importer, register: Register, cause: str, ends: tuple[str, ...]
) -> None:
    load_clocks(importer.database)
    importer.take(people(2))
    assert importer.take([person(1, cause=cause)]).removed == 1
    assert importer.take([person(1, cause=cause)]).unchanged == 1
    assert states(register) == {1: ends[2], 2: "published"}
    assert events(register) == [(1, *ends)]
    assert importer.take(people(2)).republished == 1
    assert events(register)[1:] == [(1, "relist", ends[2], "published", "stated")]
    assert register.execute("SELECT FROM register.listing_event WHERE article = ''").fetchall() == []


def _make_older(register: Register) -> None:
    register.execute("ALTER TABLE register.listing_event DISABLE TRIGGER event_never_changes")
    register.execute("UPDATE register.listing_event SET effective_on = effective_on - 200")
    register.execute("ALTER TABLE register.listing_event ENABLE TRIGGER event_never_changes")
