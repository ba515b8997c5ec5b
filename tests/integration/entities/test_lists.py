from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.integration.conftest import Check
from tests.integration.register import Register


def names(client: FlaskClient, query: str = "") -> list[str]:
    answer = client.get(f"/v1/entities?{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [item["name"] for item in answer.get_json()["items"]]


def listed(register: Register, name: str, *, listing: dict[str, Any] | None = None, **fields: Any) -> UUID:
    entity = register.entity(name, **fields)
    register.listing(entity, **(listing or {}))
    return entity


@pytest.fixture
def noise(register: Register) -> Register:
    """Everybody here has left the list or is not on it yet."""
    for state in ("expired", "future", "ended"):
        listed(register, f"虚构{state}", listing={"state": state})
    register.entity("虚构从未列入")
    return register


def test_lists_only_who_is_listed_today(client: FlaskClient, noise: Register) -> None:
    listed(noise, "虚构甲")
    listed(noise, "虚构末日", listing={"state": "last_day"})
    assert sorted(names(client)) == ["虚构末日", "虚构甲"]


def test_newest_first_by_the_latest_current_listing(client: FlaskClient, noise: Register) -> None:
    older = listed(noise, "虚构旧", listing={"published_on": "2025-01-01"})
    listed(noise, "虚构新", listing={"published_on": "2025-06-01"})
    assert names(client) == ["虚构新", "虚构旧"]
    noise.listing(older, "ended", published_on="2026-02-01")
    assert names(client) == ["虚构新", "虚构旧"]
    noise.listing(older, published_on="2026-02-01")
    assert names(client) == ["虚构旧", "虚构新"]


def test_a_summary_says_what_all_current_listings_say(client: FlaskClient, noise: Register, check: Check) -> None:
    body = noise.entity("虚构科技有限公司", "company", "130102", point=(114.5, 38.0), source="demo")
    noise.listing(body, grounds=[4], published_on="2025-01-01", case_number="（2025）虚9999执1号")
    noise.listing(
        body, grounds=[1, 6], published_on="2025-02-01", case_number="（2025）虚9999执2号", court_id=noise.courts[1]
    )
    noise.listing(body, "ended", grounds=[2], court_id=noise.courts[2])
    answer = client.get("/v1/entities").get_json()
    check("EntityList", answer)
    assert answer["items"] == [
        {
            "id": str(body),
            "kind": "company",
            "name": "虚构科技有限公司",
            "sex": None,
            "age_band": None,
            "area": {"code": "130102", "name": "虚区130102"},
            "placed_by": "registered_address",
            "courts": ["石家庄市中级人民法院", "裕华区人民法院"],
            "case_numbers": ["（2025）虚9999执2号", "（2025）虚9999执1号"],
            "grounds": [1, 4, 6],
            "published_on": "2025-02-01",
            "notice": False,
            "source": "demo",
            "as_of": "2026-02-20T10:00:00Z",
        }
    ]


def test_an_area_answers_for_everything_below_it(client: FlaskClient, noise: Register) -> None:
    for area in ("13", "1301", "130108", "130202", "110101"):
        listed(noise, f"虚构{area}", area=area)
    assert sorted(names(client, "area=13")) == ["虚构13", "虚构1301", "虚构130108", "虚构130202"]
    assert sorted(names(client, "area=1301")) == ["虚构1301", "虚构130108"]
    assert names(client, "area=130108") == ["虚构130108"]
    assert names(client, "area=46") == []


def test_kinds_and_grounds_mean_any_of_them(client: FlaskClient, noise: Register) -> None:
    listed(noise, "虚构人", listing={"grounds": [1]})
    listed(noise, "虚构公司", kind="company", listing={"grounds": [2, 3]})
    listed(noise, "虚构社", kind="organisation", listing={"grounds": [6]})
    assert sorted(names(client, "kind=person&kind=company")) == ["虚构人", "虚构公司"]
    assert sorted(names(client, "ground=1&ground=3")) == ["虚构人", "虚构公司"]
    assert names(client, "kind=organisation&ground=1") == []
    assert names(client, "ground=6&ground=6") == ["虚构社"]


def test_court_and_ground_must_meet_in_one_listing(client: FlaskClient, noise: Register) -> None:
    both = listed(noise, "虚构分开", listing={"grounds": [1]})
    noise.listing(both, grounds=[4], court_id=noise.courts[1])
    listed(noise, "虚构同一", listing={"grounds": [4]})
    ended = listed(noise, "虚构曾经", listing={"grounds": [1]})
    noise.listing(ended, "ended", grounds=[4])
    assert names(client, f"court={noise.courts[0]}&ground=4") == ["虚构同一"]
    assert sorted(names(client, "ground=4")) == ["虚构分开", "虚构同一"]
    assert names(client, f"court={noise.courts[1]}") == ["虚构分开"]
    assert names(client, f"court={noise.courts[3]}") == []


def test_only_a_notice_that_runs_today_counts(client: FlaskClient, noise: Register) -> None:
    for state in ("current", "last_day", "expired", "future"):
        noise.notice(noise.listing(noise.entity(f"虚构{state}")), state)
    former = listed(noise, "虚构former")
    noise.notice(noise.listing(former, "ended"))
    assert sorted(names(client, "notice=true")) == ["虚构current", "虚构last_day"]
    assert sorted(names(client, "notice=false")) == ["虚构expired", "虚构former", "虚构future"]


def test_a_box_finds_bodies_by_point_and_others_by_their_area(client: FlaskClient, noise: Register) -> None:
    listed(noise, "虚构人", area="130108")
    listed(noise, "虚构别处", area="110101")
    listed(noise, "虚构站点", kind="company", area="110101", point=(114.5, 38.0))
    listed(noise, "虚构无点", kind="company", area="130108")
    listed(noise, "虚构远点", kind="company", area="130108", point=(116.0, 38.0))
    assert sorted(names(client, "bbox=114.4,37.9,114.6,38.1")) == ["虚构人", "虚构无点", "虚构站点"]
    assert names(client, "bbox=115.9,37.9,116.1,38.1") == ["虚构远点"]


def test_a_box_in_gcj02_is_shifted_before_it_is_searched(client: FlaskClient, noise: Register) -> None:
    # 114.5, 38.0 stands at about 114.5061, 38.0006 in GCJ-02.
    listed(noise, "虚构站点", kind="company", point=(114.5, 38.0))
    box = "bbox=114.5050,38.0000,114.5070,38.0015"
    assert names(client, box) == []
    assert names(client, f"{box}&crs=gcj02") == ["虚构站点"]
    near = "near=114.5061,38.0006&radius_m=50"
    assert names(client, near) == []
    assert names(client, f"{near}&crs=gcj02") == ["虚构站点"]


def test_near_finds_bodies_at_points_nearest_first(client: FlaskClient, noise: Register) -> None:
    listed(noise, "虚构人", area="130108")
    listed(noise, "虚构无点", kind="company", area="130108")
    for number, east in enumerate((0.02, 0.0, 0.01, 0.06)):
        listed(noise, f"虚构{number}", kind="company", point=(114.5 + east, 38.0))
    assert names(client, "near=114.5,38.0") == ["虚构1", "虚构2", "虚构0"]
    assert names(client, "near=114.5,38.0&radius_m=50000") == ["虚构1", "虚构2", "虚构0", "虚构3"]
    assert names(client, "near=114.5,38.0&radius_m=1000&kind=company") == ["虚构1", "虚构2"]
    assert "distance" not in client.get("/v1/entities?near=114.5,38.0").get_data(as_text=True)


def test_searches_exact_before_prefix(client: FlaskClient, noise: Register, check: Check) -> None:
    for name in ("虚构甲乙", "虚构甲", "虚构甲丙", "虚构", "甲虚构"):
        listed(noise, name)
    answer = client.get("/v1/entities", query_string={"q": "虚構 甲"}).get_json()
    check("EntityList", answer)
    assert [(item["name"], item["match"]) for item in answer["items"]] == [
        ("虚构甲", {"how": "exact", "score": 1.0}),
        ("虚构甲丙", {"how": "prefix", "score": 0.75}),
        ("虚构甲乙", {"how": "prefix", "score": 0.75}),
    ]
    assert "match" not in client.get("/v1/entities").get_json()["items"][0]


@pytest.mark.parametrize(
    "typed", ["（2025）虚9999执123号", "(2025)虚9999执 123 号", "〔2025〕虚9999执123号", "２０２５虚9999执123号"]
)
def test_finds_a_case_number_in_any_form(client: FlaskClient, noise: Register, typed: str) -> None:
    listed(noise, "虚构甲", listing={"case_number": "（2025）虚9999执123号"})
    listed(noise, "虚构乙", listing={"case_number": "（2025）虚9999执1234号"})
    listed(noise, "虚构丙", listing={"case_number": "（2025）虚9999执123号", "state": "ended"})
    items = client.get("/v1/entities", query_string={"q": typed}).get_json()["items"]
    assert [(item["name"], item["match"]["how"]) for item in items] == [("虚构甲", "exact")]


def test_finds_a_credit_code(client: FlaskClient, noise: Register) -> None:
    listed(noise, "虚构公司", kind="company", uscc="91999999MA0000000X")
    listed(noise, "虚构别家", kind="company", uscc="91999999MA00000018")
    assert names(client, "q=91999999ma0000000x") == ["虚构公司"]


@pytest.mark.parametrize("typed", ["虚构%25", "虚构_", "%25虚构", "虚构\\"])
def test_wildcards_mean_themselves(client: FlaskClient, noise: Register, typed: str) -> None:
    listed(noise, "虚构甲")
    items = client.get("/v1/entities", query_string={"q": unquote(typed)}).get_json()["items"]
    assert {item["match"]["how"] for item in items} <= {"similar"}


def _quoted(text: str) -> str:
    return quote(unquote(text))


def test_a_representative_does_not_find_the_company(client: FlaskClient, noise: Register) -> None:
    listed(noise, "虚构公司", kind="company", representative="甄某某")
    assert names(client, f"q={_quoted('甄某某')}") == []


def test_filters_hold_in_searches_too(client: FlaskClient, noise: Register) -> None:
    listed(noise, "虚构甲", area="130108")
    listed(noise, "虚构乙", area="110101", kind="company")
    query = f"q={_quoted('虚构')}"
    assert names(client, f"{query}&area=13") == ["虚构甲"]
    assert names(client, f"{query}&kind=company") == ["虚构乙"]


@pytest.mark.parametrize(
    "query",
    ["", "kind=person&kind=company", "q=%E8%99%9A%E6%9E%84", "near=114.5,38.0", "q=2025%E8%99%9A", "notice=false"],
)
@pytest.mark.parametrize("limit", [1, 3, 20])
def test_paging_visits_everyone_once(client: FlaskClient, noise: Register, query: str, limit: int) -> None:
    for number in range(10):
        # Same date, same name, same distance: only the id tells them apart.
        twin = listed(noise, f"虚构{number // 3}", kind="company", point=(114.5, 38.0 + number // 3 / 1000))
        noise.listing(twin, published_on="2025-06-01" if number % 2 else "2024-01-01")
        listed(noise, "2025虚构", listing={"published_on": "2025-06-01"})
    whole = client.get(f"/v1/entities?{query}&limit=100").get_json()
    assert whole["next"] is None
    seen, cursor = [], ""
    while True:
        page = client.get(f"/v1/entities?{query}&limit={limit}{cursor}").get_json()
        seen += page["items"]
        if page["next"] is None:
            break
        assert len(page["items"]) == limit
        cursor = f"&cursor={page['next']}"
    assert seen == whole["items"]
    assert len({item["id"] for item in seen}) == len(seen) >= 10


def test_somebody_who_leaves_between_pages_does_not_break_the_list(client: FlaskClient, noise: Register) -> None:
    for number in range(4):
        listed(noise, f"虚构{number}", listing={"published_on": f"2025-01-0{number + 1}"})
    first = client.get("/v1/entities?limit=2").get_json()
    noise.connection.execute("DELETE FROM register.entity WHERE id = %s", (first["items"][-1]["id"],))
    assert names(client, f"limit=2&cursor={first['next']}") == ["虚构1", "虚构0"]


@pytest.mark.parametrize(
    ("query", "as_of"),
    [
        ("", "2026-02-10T10:00:00Z"),
        ("area=130108", "2026-02-20T10:00:00Z"),  # the intermediate court's list, above, is newer
        ("area=11", "2026-02-10T10:00:00Z"),  # the court's area lies in it
        ("area=46", None),
        ("q=abc", "2026-02-10T10:00:00Z"),
    ],
)
def test_a_list_says_how_fresh_it_is(client: FlaskClient, register: Register, query: str, as_of: str | None) -> None:
    del register
    assert client.get(f"/v1/entities?{query}").get_json()["as_of"] == as_of


def test_a_stale_court_above_shows_through(client: FlaskClient, register: Register) -> None:
    stale = "UPDATE register.court SET as_of = '2025-01-01T00:00:00Z' WHERE id = %s"
    register.connection.execute(stale, (register.courts[1],))
    assert client.get("/v1/entities?area=130108").get_json()["as_of"] == "2025-01-01T00:00:00Z"
    assert client.get("/v1/entities?area=11").get_json()["as_of"] == "2026-02-10T10:00:00Z"


def test_a_courts_list_is_as_fresh_as_the_court(client: FlaskClient, register: Register) -> None:
    for court, as_of in zip(register.courts, ("2026-02-20T10:00:00Z", "2026-02-25T10:00:00Z", None), strict=False):
        if as_of:
            assert client.get(f"/v1/entities?court={court}&area=11").get_json()["as_of"] == as_of
    assert client.get(f"/v1/entities?court={register.courts[3]}").get_json()["as_of"] is None


def test_people_are_kept_out_of_shared_caches_and_search_engines(client: FlaskClient, register: Register) -> None:
    person = listed(register, "虚构甲")
    for path in ("/v1/entities", f"/v1/entities/{person}"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "private, max-age=30"
        assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
