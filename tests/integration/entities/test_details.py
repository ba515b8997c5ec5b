from __future__ import annotations

import time
import uuid
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient

from backend.entities import details
from tests.integration.conftest import Check
from tests.integration.entities.pages import detail
from tests.integration.register import TODAY, Register


def test_a_listing_is_explained_in_full(client: FlaskClient, register: Register, check: Check) -> None:
    person = register.entity("甄虚构", sex="female", age_band="40-49")
    listing = register.listing(
        person, grounds=[4], case_number="（2025）虚9999执7号", basis_issuer="虚构区人民法院",
        basis_number="（2024）虚9999民初8号", duty="偿还本金10,000元", performance="partial", performed_part="2,000元",
        unperformed_part="8,000元", filed_on=date(2025, 1, 2), published_on=date(2025, 2, 3),
        term_ends_on=date(2027, 2, 2), corrected_on=date(2025, 3, 4), corrected_field="duty",
    )  # fmt: skip
    notice = register.notice(listing)
    register.notice(listing, "expired")
    answer = detail(client, person)
    check("Detail", answer)
    assert answer["sex"] == "female"
    assert answer["age_band"] == "40-49"
    assert answer["notice"] is True
    [shown] = answer["listings"]
    assert "最后一天是 2027年2月2日" in shown.pop("how_it_ends")["zh"]
    assert "15 天内审查" in shown.pop("how_to_object")["zh"]
    assert shown == {
        "id": str(listing),
        "court": {"id": str(register.courts[0]), "name": "裕华区人民法院"},
        "case_number": "（2025）虚9999执7号",
        "basis": {"issuer": "虚构区人民法院", "number": "（2024）虚9999民初8号"},
        "duty": "偿还本金10,000元",
        "performance": "partial",
        "performed_part": "2,000元",
        "unperformed_part": "8,000元",
        "grounds": [
            {"id": 4, "text": "第4项", "plain": {"zh": "白话4", "en": "plain 4"}, "article": "《规定》第一条第（4）项"}
        ],
        "filed_on": "2025-01-02",
        "published_on": "2025-02-03",
        "term_ends_on": "2027-02-02",
        "objection_open": False,
        "notice_id": str(notice),
        "corrected": {"on": "2025-03-04", "field": "duty"},
        "due": None,
        "due_in_working_days": None,
        "source_file_on": "2026-02-21",  # imported at 20:00 UTC, which is the next day in China
    }


def _task(register: Register, listing: uuid.UUID, kind: str, **fields: Any) -> None:
    register.insert("task", listing_id=listing, court_id=register.courts[0], kind=kind, begun_on=TODAY, **fields)


def test_open_duties_are_told_with_their_last_days(client: FlaskClient, register: Register, check: Check) -> None:
    person = register.entity()
    listing = register.listing(person, term_ends_on=None)
    other = register.listing(person, published_on=TODAY - timedelta(days=200))
    _task(register, listing, "decide_objection", due_on=TODAY - timedelta(days=1))
    _task(register, listing, "delete_after_cause", cause="performed", due_on=TODAY + timedelta(days=2))
    # noise: done, somebody's own affair, without a listing of theirs
    _task(register, other, "correct", due_on=TODAY, done_on=TODAY)
    _task(register, other, "check_minor")
    _task(register, other, "complete_term")
    answer = detail(client, person)
    check("Detail", answer)
    shown, undisturbed = answer["listings"]
    assert shown["objection_open"] is True
    assert shown["due"] == {"what": "delete_after_cause", "on": "2026-03-03"}
    # from Sunday 1 March on
    assert shown["due_in_working_days"] == 2
    assert "法院已记录全部履行,应在 2026年3月3日 前删除" in shown["how_it_ends"]["zh"]
    assert "已过答复的日期(2026年2月28日)" in shown["how_it_ends"]["zh"]
    assert (undisturbed["objection_open"], undisturbed["due"]) == (False, None)
    assert undisturbed["due_in_working_days"] is None
    assert "minor" not in client.get(f"/v1/entities/{person}").get_data(as_text=True)
    register.connection.execute("INSERT INTO register.calendar_day VALUES ('2026-03-02', false, '示范假日', 'x')")
    assert detail(client, person)["listings"][0]["due_in_working_days"] == 1
    register.set_today(TODAY + timedelta(days=3))
    late = detail(client, person)["listings"][0]
    assert "已过应删除的日期(2026年3月3日)" in late["how_it_ends"]["zh"]
    assert late["due_in_working_days"] is None


def test_a_duty_without_a_last_day_is_told_without_one(client: FlaskClient, register: Register, check: Check) -> None:
    person = register.entity()
    _task(register, register.listing(person), "decide_early_deletion", cause="performed")
    answer = detail(client, person)
    check("Detail", answer)
    assert answer["listings"][0]["due"] == {"what": "decide_early_deletion", "on": None}


def test_duties_cost_one_look_into_the_index_of_open_ones(register: Register) -> None:
    person = register.entity()
    register.listing(person)
    register.connection.execute("SET LOCAL enable_seqscan = off")
    # Of two that could serve, a table of a few rows lets the planner take either.
    register.connection.execute("DROP INDEX register.task_open")
    plan = register.connection.execute(
        "EXPLAIN (FORMAT text) SELECT duties FROM serving.listing_detail WHERE entity_id = %s", (person,)
    ).fetchall()
    text = "\n".join(row["QUERY PLAN"] for row in plan)
    assert "Index Scan using task_open_once on task" in text
    assert "Scan on task" not in text.replace("Index Scan using task_open_once on task", "")


def test_the_public_role_reads_no_task_itself(register: Register) -> None:
    register.connection.execute("SET LOCAL ROLE public_reader")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        register.connection.execute("SELECT kind FROM register.task")


def test_what_the_file_does_not_say_is_null(client: FlaskClient, register: Register, check: Check) -> None:
    person = register.entity()
    register.listing(person, term_ends_on=None)
    answer = detail(client, person)
    check("Detail", answer)
    [shown] = answer["listings"]
    for name in ("duty", "performed_part", "unperformed_part", "filed_on", "term_ends_on", "notice_id", "corrected"):
        assert shown[name] is None
    assert shown["basis"] == {"issuer": None, "number": None}
    assert shown["how_it_ends"]["causes"]


def test_shows_only_current_listings_newest_first(client: FlaskClient, register: Register) -> None:
    person = register.entity()
    register.listing(person, case_number="旧", published_on="2024-01-01")
    register.listing(person, case_number="新", published_on="2025-01-01", grounds=[1, 2, 6])
    for state in ("expired", "future", "ended"):
        register.listing(person, state, case_number=state, court_id=register.courts[2])
    answer = detail(client, person)
    assert [listing["case_number"] for listing in answer["listings"]] == ["新", "旧"]
    assert [ground["id"] for ground in answer["listings"][0]["grounds"]] == [1, 2, 6]
    assert answer["case_numbers"] == ["新", "旧"]
    assert "一条结束" in answer["listings"][0]["how_it_ends"]["zh"]


def test_a_corrected_text_of_a_ground_is_shown_soon(
    client: FlaskClient, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = register.entity()
    register.listing(person, grounds=[2])
    correct = "UPDATE register.ground SET text = %s WHERE id = 2"

    def shown() -> str:
        return detail(client, person)["listings"][0]["grounds"][0]["text"]  # type: ignore[no-any-return]

    register.connection.execute(correct, ("甲",))
    assert shown() == "甲"
    register.connection.execute(correct, ("乙",))
    assert shown() == "甲"  # the control: kept, and so not asked for at every answer
    later = time.monotonic() + details.GROUND_SECONDS
    monkeypatch.setattr("backend.entities.details.time.monotonic", lambda: later + 0.1)
    assert shown() == "乙"


def test_what_needs_escaping_in_json_comes_out_as_it_went_in(client: FlaskClient, register: Register) -> None:
    said = '"虚构"\\ \n\x01\u2028</script>🙂'
    body = register.entity("虚构", "company", uscc=said, representative=said)
    register.listing(
        body, case_number=said, basis_issuer=said, basis_number=said, duty=said, performed_part=said,
        unperformed_part=said, corrected_on=TODAY, corrected_field=said,
    )  # fmt: skip
    register.connection.execute("UPDATE register.court SET name = %s", (said,))
    answer = detail(client, body)
    [shown] = answer["listings"]
    for name in ("case_number", "duty", "performed_part", "unperformed_part"):
        assert shown[name] == said
    assert [answer["uscc"], answer["representative"]] == [said, said]
    assert [shown["court"]["name"], *shown["basis"].values(), shown["corrected"]["field"]] == [said] * 4


def test_as_of_is_in_whole_seconds_of_utc_wherever_the_session_stands(client: FlaskClient, register: Register) -> None:
    person = register.entity()
    register.listing(person)
    register.connection.execute("SET LOCAL timezone = 'Asia/Shanghai'")
    for stored, said in (("2026-02-20 23:59:59.987+08", "2026-02-20T15:59:59Z"), (None, None)):
        register.connection.execute("UPDATE register.court SET as_of = %s", (stored,))
        assert detail(client, person)["as_of"] == said


def test_as_of_is_that_of_the_stalest_court(client: FlaskClient, register: Register) -> None:
    person = register.entity()
    register.listing(person, court_id=register.courts[1])
    assert detail(client, person)["as_of"] == "2026-02-25T10:00:00Z"
    register.listing(person, court_id=register.courts[2])
    assert detail(client, person)["as_of"] == "2026-02-10T10:00:00Z"


def test_bodies_have_their_register_fields(client: FlaskClient, register: Register, check: Check) -> None:
    body = register.entity(
        "虚构有限公司", "company", point=(114.5, 38.0), uscc="91999999MA0000000X", representative="甄某",
        registered_address="虚构路1号",
    )  # fmt: skip
    placed_by_area = register.entity("虚构合作社", "organisation")
    register.listing(body)
    register.listing(placed_by_area)
    answer = detail(client, body)
    check("Detail", answer)
    assert answer["uscc"] == "91999999MA0000000X"
    assert answer["representative"] == "甄某"
    assert answer["registered_address"] == "虚构路1号"
    assert detail(client, placed_by_area)["registered_address"] is None


def test_an_unchanged_answer_is_not_sent_again(client: FlaskClient, register: Register) -> None:
    register.listing(register.entity())
    for path in ("/v1/entities", "/v1/map/0/0/0.json", "/v1/map/0/0/0.mvt"):
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
    register.listing(register.entity())
    assert client.get("/v1/map/0/0/0.json", headers={"If-None-Match": tag}).status_code == 200
