from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from backend.notices.domain import Reward
from tests.integration.conftest import Check
from tests.integration.notices.conftest import FIVE_PERCENT, UNTIL, Court
from tests.integration.register import TODAY, Register

ITEM = {
    "id", "kind", "basis", "amount", "percent", "cap", "currency", "promise", "funder", "published_on", "ends_on",
    "court", "area", "entity", "case_number", "source", "as_of",
}  # fmt: skip


def get(client: FlaskClient, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return response.get_json()


def ids(client: FlaskClient, query: str = "") -> list[str]:
    return [item["id"] for item in get(client, f"/v1/notices{query}")["items"]]


@pytest.fixture
def placed(register: Register) -> dict[str, str]:
    """One running notice for each area and court, and beside each the noise that must never be listed."""
    found = {}
    for number, (area, court) in enumerate((("130108", 0), ("130102", 0), ("130202", 1), ("110101", 2))):
        entity = register.entity(area=area)
        listing = register.listing(entity, court_id=register.courts[court])
        found[area] = str(register.notice(listing, published_on=TODAY - timedelta(days=number)))
        for state in ("expired", "future"):
            register.notice(listing, state)
        register.notice(listing, published_on=None, **_draft())
        register.notice(register.listing(entity, "ended", court_id=register.courts[court]))
        register.notice(register.listing(entity, "expired", court_id=register.courts[court]))
        register.listing(register.entity(area=area), court_id=register.courts[court])
    return found


def _draft() -> dict[str, Any]:
    return {"approved_by": None, "state": "draft"}


def test_lists_what_runs_today_newest_first(client: FlaskClient, placed: dict[str, str]) -> None:
    assert ids(client) == [placed[area] for area in ("130108", "130102", "130202", "110101")]


def test_filters_by_area_with_everything_below_it(client: FlaskClient, placed: dict[str, str]) -> None:
    assert ids(client, "?area=13") == [placed[area] for area in ("130108", "130102", "130202")]
    assert ids(client, "?area=1301") == [placed[area] for area in ("130108", "130102")]
    assert ids(client, "?area=110101") == [placed["110101"]]
    assert ids(client, "?area=46") == []


def test_filters_by_court(client: FlaskClient, placed: dict[str, str], register: Register) -> None:
    assert ids(client, f"?court={register.courts[0]}") == [placed["130108"], placed["130102"]]
    assert ids(client, f"?court={register.courts[1]}&area=13") == [placed["130202"]]
    assert ids(client, f"?court={register.courts[1]}&area=11") == []
    assert ids(client, f"?court={register.courts[3]}") == []


def test_pages_meet_without_gap_or_repetition(client: FlaskClient, register: Register) -> None:
    listing = register.listing(register.entity())
    made = {str(register.notice(listing, published_on=TODAY - timedelta(days=number % 3))) for number in range(7)}
    seen, cursor = [], ""
    while True:
        page = get(client, f"/v1/notices?limit=2{cursor}")
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == 7
    assert set(seen) == made
    assert client.get(f"/v1/notices?area=13{cursor}").status_code == 422


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("area=99", "/query/area"),
        ("area=x", "/query/area"),
        ("area=", "/query/area"),
        (f"court={UUID(int=1)}", "/query/court"),
        ("court=1", "/query/court"),
        ("limit=0", "/query/limit"),
        ("limit=101", "/query/limit"),
        ("cursor=x", "/query/cursor"),
        ("kind=property", "/query/kind"),
        ("area=13&area=11", "/query/area"),
        ("area=%ff", "/query"),
    ],
)
def test_what_cannot_be_asked_is_refused(client: FlaskClient, register: Register, query: str, pointer: str) -> None:
    assert register.courts
    response = client.get(f"/v1/notices?{query}")
    assert response.status_code == 422
    assert [error["pointer"] for error in response.get_json()["errors"]] == [pointer]


def test_as_of_is_the_courts_else_the_areas_else_the_oldest(client: FlaskClient, register: Register) -> None:
    assert get(client, "/v1/notices")["as_of"] == "2026-02-10T10:00:00Z"
    assert get(client, "/v1/notices?area=11")["as_of"] == "2026-02-10T10:00:00Z"
    assert get(client, f"/v1/notices?court={register.courts[0]}")["as_of"] == "2026-02-20T10:00:00Z"
    assert get(client, f"/v1/notices?court={register.courts[3]}")["as_of"] is None


def test_an_item_says_what_is_promised_and_by_whom(court: Court, client: FlaskClient, check: Check) -> None:
    notice = court.published(court.listing(kind="company", case_number="（2025）虚9999执88号"))
    page = get(client, "/v1/notices")
    check("NoticeList", page)
    (item,) = page["items"]
    assert set(item) == ITEM
    entity = item.pop("entity")
    assert (entity["kind"], entity["name"]) == ("company", "甄虚构")
    assert item == {
        "id": str(notice),
        "kind": "property",
        "basis": "percent_recovered",
        "amount": None,
        "percent": 5,
        "cap": 200_000,
        "currency": "CNY",
        "promise": {"zh": "执行到位金额的 5%,最高 200,000 元", "en": "5% of what is recovered, at most ¥200,000"},
        "funder": "creditor",
        "published_on": TODAY.isoformat(),
        "ends_on": UNTIL.isoformat(),
        "court": {"id": str(court.register.courts[0]), "name": "裕华区人民法院"},
        "area": {"code": "130108", "name": "虚区130108"},
        "case_number": "（2025）虚9999执88号",
        "source": "court",
        "as_of": "2026-02-20T10:00:00Z",
    }


def test_a_person_is_named_nowhere(court: Court, client: FlaskClient, check: Check) -> None:
    notice = court.published(court.listing(), kind="whereabouts", reward=Reward("fixed", Decimal("10000.50")))
    detail = get(client, f"/v1/notices/{notice}")
    check("NoticeDetail", detail)
    assert detail["entity"]["kind"] == "person"
    assert detail["entity"]["name"] is None
    for path in ("/v1/notices", f"/v1/notices/{notice}"):
        response = client.get(path)
        assert "甄虚构" not in response.get_data(as_text=True)
        assert response.headers["Cache-Control"] == "private, max-age=30"
        assert response.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert detail["amount"] == 10000.5
    name = get(client, f"/v1/entities/{detail['entity']['id']}")["name"]
    assert name == "甄虚构"  # by the page that counts names


def test_a_detail_explains_the_reward(court: Court, client: FlaskClient, check: Check) -> None:
    notice = court.published(court.listing(kind="company"), how_to_claim="到执行局领取。", reward=FIVE_PERCENT)
    detail = get(client, f"/v1/notices/{notice}")
    check("NoticeDetail", detail)
    assert detail["example"]["zh"] == "若因线索执行到位 100,000 元,奖金 5,000 元"
    assert detail["court_adds"] == "到执行局领取。"
    assert "申请执行人" in detail["who_pays"]["zh"]
    assert [words["en"] for words in detail["not_paid"]][:2] == [
        "Not for what the court already knew.", "Not if nothing is recovered.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "whose"), [("whereabouts", "company"), ("property", "person"), ("property", "company")]
)
def test_every_notice_comes_with_the_misuse_line(court: Court, client: FlaskClient, kind: str, whose: str) -> None:
    notice = court.published(court.listing(kind=whose), kind=kind)
    assert "请勿上门" in get(client, f"/v1/notices/{notice}")["misuse"]["zh"]


def test_unknown_draft_ended_and_malformed_are_one_and_the_same_404(court: Court, client: FlaskClient) -> None:
    draft, ended = court.draft(court.listing()), court.published(court.listing())
    suspended = court.published(listing := court.listing())
    court.register.connection.execute("UPDATE register.listing SET state = 'suspended' WHERE id = %s", (listing,))
    assert get(client, f"/v1/notices/{ended}")["id"] == str(ended)
    court.on(UNTIL + timedelta(days=1))
    answers = {
        json.dumps(client.get(f"/v1/notices/{id_}").get_json(), sort_keys=True)
        for id_ in (draft, ended, suspended, uuid4(), "1", "../x"[3:], f"{{{UUID(int=0)}}}")
    }
    assert answers == {'{"status": 404, "title": "Not Found"}'}


def test_the_public_role_reads_no_draft_and_no_name(register: Register) -> None:
    columns = register.connection.execute(
        "SELECT table_schema, table_name FROM information_schema.role_table_grants"
        " WHERE grantee = 'public_reader' AND table_name LIKE '%notice%'"
    ).fetchall()
    assert {(row["table_schema"], row["table_name"]) for row in columns} == {
        ("serving", "current_notice"), ("serving", "running_notice"), ("serving", "removal_notice"),
    }  # fmt: skip
