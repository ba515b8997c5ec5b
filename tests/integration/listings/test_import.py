from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.errors import OperatorError
from backend.listings import queries
from backend.listings.domain.rejection import Reason
from tests.integration.listings.lists import GROUND, YEAR, Importer, body, person, snapshot
from tests.unit.listings.factories import fictional_id, fictional_uscc

Register = psycopg.Connection[DictRow]
POINT = {"registered_address": "甲区虚构大街1号", "registered_lon": "110.25", "registered_lat": "30.25"}


def one(register: Register, query: str) -> DictRow:
    rows = register.execute(query).fetchall()
    assert len(rows) == 1
    return rows[0]


def listing(register: Register, case: int = 1) -> DictRow:
    return one(register, f"SELECT * FROM register.listing WHERE case_key = '2099示0101执{case}号'")


def test_a_list_is_shown_as_the_court_wrote_it(importer: Importer, register: Register) -> None:
    summary = importer.take([person(1), body(1, **POINT), body(2)])
    assert (summary.rows, summary.new, summary.quarantined) == (3, 3, {})
    who = register.execute(
        "SELECT kind, area_code, placed_by, age_band, uscc FROM serving.entity ORDER BY kind, placed_by"
    )
    assert [tuple(row.values()) for row in who] == [
        ("company", "990101", "court_area", None, fictional_uscc("91", "MA0000002")),
        ("company", "990101", "registered_address", None, fictional_uscc("91", "MA0000001")),
        ("person", "990101", "court_area", "40-49", None),
    ]
    shown = one(register, "SELECT * FROM serving.current_listing WHERE case_number = '（2099）示0101执1号'")
    assert (shown["duty"], shown["performance"], shown["ground_mask"]) == ("支付货款1,000元", "none", 8)
    assert (shown["published_on"], shown["source"]) == (date(YEAR, 5, 6), "court")
    assert one(register, "SELECT count(*) AS n FROM register.court WHERE as_of IS NOT NULL")["n"] == 1


def test_the_same_file_again_changes_nothing(importer: Importer, register: Register) -> None:
    rows = [person(1), person(2, duty="电话13000000000"), body(1, **POINT), person(3, cause="已履行")]
    importer.take(rows)
    before = snapshot(register)
    again = importer.take(rows)
    assert (again.new, again.changed, again.unchanged, again.unknown) == (0, 0, 3, 1)
    after = snapshot(register)
    for table in ("entity", "listing", "withheld_text", "installation"):
        assert after[table] == before[table]
    assert len(after["import_file"]) == 2


def test_a_point_without_a_named_area_stands_in_the_county_that_holds_it(
    importer: Importer, register: Register
) -> None:
    importer.take([body(1, **{**POINT, "registered_lon": "111.5"}), body(2, **{**POINT, "area_code": "990102"})])
    rows = register.execute(
        "SELECT area_code, ST_X(point) AS lon, tile_key FROM register.entity ORDER BY lon"
    ).fetchall()
    assert [(row["area_code"], row["lon"]) for row in rows] == [("990102", 110.25), ("990102", 111.5)]
    assert all(row["tile_key"] for row in rows)


def test_listings_of_one_person_meet_by_their_mask(importer: Importer, register: Register) -> None:
    elsewhere = {"courtName": "示例市乙区人民法院", "caseCode": "（2099）示0102执9号"}
    importer.take([person(1), person(1, **elsewhere), person(1, cardNum="9999991981****0001", **elsewhere)])
    counts = register.execute("SELECT count(*) AS n FROM register.listing GROUP BY entity_id ORDER BY n").fetchall()
    assert [row["n"] for row in counts] == [1, 2]


def test_names_are_not_identities(importer: Importer, register: Register) -> None:
    importer.take([person(1, cardNum=""), person(1, cardNum="", caseCode="（2099）示0101执2号")])
    rows = register.execute("SELECT has_identifier FROM register.entity").fetchall()
    assert [row["has_identifier"] for row in rows] == [False, False]


def test_co_debtors_share_a_case(importer: Importer) -> None:
    summary = importer.take(
        [person(1), person(2, caseCode="（2099）示0101执1号"), body(1, caseCode="（2099）示0101执1号")]
    )
    assert summary.new == 3


def test_of_a_repeated_key_the_last_row_counts(importer: Importer, register: Register) -> None:
    summary = importer.take([person(1, duty="一"), person(1, caseCode="( 2099 )示0101执1号", duty="二"), person(2)])
    assert (summary.new, summary.repeated) == (2, 1)
    assert listing(register)["duty"] == "二"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"performance": "部分未履行"}, "performance"),
        ({"disruptTypeName": "违反限制消费令", "duty": "支付2元"}, "grounds"),
        ({"duty": "支付2元"}, "duty"),
        ({"term_ends_on": f"{YEAR + 3}-05-06"}, "term_ends_on"),
        ({"regDate": f"{YEAR}-01-03"}, "filed_on"),
        ({"gistId": "（2098）示0101民初99号"}, "basis_number"),
        ({"sexy": "女性"}, "sex"),
        ({"age": "55"}, "age_band"),
        ({"area_code": "990102"}, "area"),
        ({"age": "46"}, None),
        ({"focusNumber": 9999, "id": 1}, None),
    ],
)
def test_a_change_is_dated_and_named(
    importer: Importer, register: Register, change: dict[str, Any], field: str | None
) -> None:
    importer.take([person(1), person(2)])
    quiet = listing(register, 2)
    summary = importer.take([person(1, **change), person(2)])
    changed = listing(register)
    assert (summary.changed, summary.unchanged) == ((1, 1) if field else (0, 2))
    assert changed["corrected_field"] == field
    assert (changed["corrected_on"] is not None) == (field is not None)
    assert listing(register, 2) == quiet


def test_an_entity_is_as_its_most_recent_listing_says(importer: Importer, register: Register) -> None:
    newer = person(1, caseCode="（2099）示0101执2号", publishDate=f"{YEAR}-06-06", area_code="990102", age="55")
    importer.take([newer, person(1)])
    query = "SELECT age_band, area_code, placed_by FROM register.entity"
    assert tuple(one(register, query).values()) == ("50-59", "990102", "county")
    importer.take([person(1, performance="部分未履行", age="46")])
    assert tuple(one(register, query).values()) == ("50-59", "990102", "county")
    importer.take([person(1, caseCode="（2099）示0101执3号", publishDate=f"{YEAR}-07-07")])
    assert tuple(one(register, query).values()) == ("40-49", "990101", "court_area")


def test_a_stated_removal_ends_a_listing_and_nothing_else(importer: Importer, register: Register) -> None:
    importer.take([person(1), person(2)])
    summary = importer.take([{**person(1, cause="已履行完毕"), "publishDate": "", "exitDate": f"{YEAR}-12-05"}])
    assert summary.removed == 1
    gone = listing(register)
    assert (gone["state"], gone["ended_on"], gone["ended_cause"]) == ("deleted", date(YEAR, 12, 5), "performed")
    assert listing(register, 2)["state"] == "published"
    assert one(register, "SELECT count(*) AS n FROM serving.current_listing")["n"] == 1


def test_a_listing_that_comes_again_is_published_again(importer: Importer, register: Register) -> None:
    importer.take([person(1)])
    identity = listing(register)["id"]
    importer.take([person(1, cause="撤销")])
    summary = importer.take([person(1, publishDate=f"{YEAR + 1}-01-01")])
    assert summary.republished == 1
    back = listing(register)
    assert (back["id"], back["state"], back["ended_on"], back["ended_cause"]) == (identity, "published", None, None)


def test_withheld_text_follows_its_listing(importer: Importer, register: Register) -> None:
    importer.take([person(1, duty="支付1元，电话13000000000", unperformPart="汇入9999 9999 9999 9999"), person(2)])
    query = "SELECT field, original FROM register.withheld_text ORDER BY field"
    assert [tuple(row.values()) for row in register.execute(query)] == [
        ("duty", "支付1元，电话13000000000"),
        ("unperformed_part", "汇入9999 9999 9999 9999"),
    ]
    assert listing(register)["duty"] == "支付1元，电话〔已隐去〕"
    importer.take([person(1)])
    assert register.execute(query).fetchall() == []
    register.execute("SET ROLE public_reader")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        register.execute(query)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"courtName": "没有的法院"}, Reason.UNKNOWN_COURT),
        ({"publishDate": "2999-01-01"}, Reason.FUTURE_DATE),
        ({"publishDate": "2025-02-30"}, Reason.IMPOSSIBLE_DATE),
        ({"regDate": "去年"}, Reason.UNREADABLE_DATE),
        ({"caseCode": "第1号"}, Reason.CASE_NUMBER),
        ({"disruptTypeName": "6"}, Reason.NO_GROUND),
        ({"partyTypeName": "581", "cardNum": fictional_uscc()[:17] + "0"}, Reason.USCC_CHECK),
        ({"age": "17"}, Reason.MINOR),
        ({"birth_date": f"{YEAR - 15}-01-01"}, Reason.MINOR),
        ({"iname": " "}, Reason.EMPTY_NAME),
        ({"iname": "赵\x00示例"}, Reason.UNPRINTABLE),
        ({"cardNum": fictional_id(date(1980, 2, 3), 1)}, Reason.ID_IN_CLEAR),
        ({"cardNum": "999999198002030000"}, Reason.ID_IN_CLEAR),
        ({"full_id": "999999198002030000", "cardNum": ""}, Reason.FULL_ID_CHECK),
        ({"partyTypeName": "600"}, Reason.UNKNOWN_KIND),
        ({"area_code": "990199"}, Reason.UNKNOWN_AREA),
        (
            {"partyTypeName": "581", "cardNum": "", "registered_lon": "30", "registered_lat": "110"},
            Reason.IMPOSSIBLE_COORDINATES,
        ),
    ],
)
def test_a_bad_row_stays_out_and_the_good_ones_go_in(
    importer: Importer, register: Register, change: dict[str, Any], reason: Reason
) -> None:
    summary = importer.take([person(1), person(2, **change), person(3)])
    assert (summary.new, summary.quarantined) == (2, {reason: 1})
    assert one(register, "SELECT count(*) AS n FROM register.listing")["n"] == 2


def test_what_is_no_record_stays_out(importer: Importer) -> None:
    summary = importer.take([person(1), None, "x", 7, [person(2)], {}, person(3)])
    assert summary.new == 2
    assert summary.quarantined == {Reason.NOT_A_RECORD: 4, Reason.EMPTY_NAME: 1}


def test_a_dry_run_shows_the_same_and_changes_nothing(importer: Importer, register: Register) -> None:
    importer.take([person(1), person(2)])
    before = snapshot(register)
    rows = [person(1, duty="支付2元"), person(2, cause="已履行"), person(3), person(4, age="17")]
    dry = importer.take(rows, dry_run=True)
    assert snapshot(register) == before
    assert importer.take(rows) == dry
    assert snapshot(register) != before


def test_a_dry_run_on_an_empty_database_leaves_no_key_behind(importer: Importer, register: Register) -> None:
    assert importer.take([person(1)], dry_run=True).new == 1
    assert not (importer.settings.var_dir / "identity.key").exists()
    assert one(register, "SELECT count(*) AS n FROM register.installation")["n"] == 0


def test_a_wrong_identity_key_is_refused(importer: Importer, register: Register) -> None:
    importer.take([person(1)])
    key_file = importer.settings.var_dir / "identity.key"
    assert key_file.stat().st_mode & 0o777 == 0o600
    before = snapshot(register)
    right = key_file.read_text()
    for wrong in ("00" * 32, "short", None):
        key_file.unlink(missing_ok=True)
        if wrong is not None:
            key_file.write_text(wrong)
        with pytest.raises(OperatorError):
            importer.take([person(2)])
    assert snapshot(register) == before
    key_file.write_text(right)
    assert importer.take([person(1)]).unchanged == 1


def test_a_second_import_waits_and_is_told(importer: Importer, register: Register) -> None:
    said: list[str] = []
    with importer.database.transaction("operator") as first, importer.database.transaction("operator") as second:
        queries.lock_imports(first, lambda: said.append("waiting"))
        assert said == []
        second.execute("SET LOCAL lock_timeout = 100")
        with pytest.raises(OperatorError, match="Another import"):
            queries.lock_imports(second, lambda: said.append("waiting"))
        second.rollback()
    assert said == ["waiting"]
    assert register.execute("SELECT 1 FROM register.listing").fetchall() == []


def test_a_person_of_every_ground_is_found_by_mask(importer: Importer, register: Register) -> None:
    importer.take([person(1, disruptTypeName=f"{GROUND},违反限制高消费令的，其他规避执行")])
    assert listing(register)["ground_mask"] == 4 + 8 + 16
