"""A correction at the console: one field is chosen, shown as it is, and set without a code being typed."""

from __future__ import annotations

import re

from tests.integration.desk import Console, Seat
from tests.integration.life.parties import events
from tests.integration.register import Register

ASK = {"cause": "wrong_data", "reason": "核对判决"}


def test_a_field_is_chosen_by_its_name_and_set_in_its_own_kind_of_field(register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity(), duty="支付一百元", performance="none")
    path = f"/court/listings/{listing}/correction"
    fields = re.findall(r"\?field=(\w+)", clerk.get(path).text)
    assert {"duty", "performance", "filed_on", "sex", "birth_date"} <= set(fields)
    assert "全部未履行" in clerk.get(path).text
    kinds = {"duty": "<textarea", "performance": "<select", "sex": "<select", "filed_on": 'type="date"'}
    for field, kind in kinds.items():
        page = clerk.get(f"{path}?field={field}").text
        assert re.search(rf'{kind}[^>]*name="value"|name="value"[^>]*{kind}|{kind} name="value"', page), field
    assert ">支付一百元</textarea>" in clerk.get(f"{path}?field=duty").text
    page = clerk.get(f"{path}?field=performance").text
    assert re.findall(r'<option value="(\w+)">([^<]+)<', page) == [
        ("none", "全部未履行"), ("partial", "部分未履行"), ("full", "全部已履行"), ("other", "其他"),
    ]  # fmt: skip
    assert 'name="value"' not in clerk.get(f"{path}?field=name").text


def test_of_a_body_nothing_is_corrected_that_only_people_have(register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity("虚构公司", kind="company"))
    fields = re.findall(r"\?field=(\w+)", clerk.get(f"/court/listings/{listing}/correction").text)
    assert "duty" in fields
    assert not {"sex", "birth_date"} & set(fields)


def test_history_and_paper_tell_a_correction_in_words(console: Console, register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity(), performance="none")
    path = f"/court/listings/{listing}"
    assert clerk.post(f"{path}/correction", field="performance", value="partial", **ASK).status_code == 303
    [event] = events(console, listing)
    assert "履行情况: 全部未履行 → 部分未履行" in clerk.get(path).text
    paper = clerk.get(f"{path}/papers/{event['id']}").text
    assert "全部未履行 not performed → 部分未履行 performed in part" in paper
    assert "partial" not in paper.replace("performed in part", "")


def test_a_listing_that_is_shown_leads_to_a_notice_for_it(register: Register, clerk: Seat, console: Console) -> None:
    shown, ended = register.listing(register.entity()), register.listing(register.entity(), "ended")
    address = f"/court/notices/new?listing={shown}"
    assert address in clerk.get(f"/court/listings/{shown}").text
    assert clerk.get(address).status_code == 200
    assert "/court/notices/new" not in clerk.get(f"/court/listings/{ended}").text
    assert "/court/notices/new" not in console.seat("approver").get(f"/court/listings/{shown}").text


def test_rows_that_are_alike_stand_on_one_page_each(register: Register, clerk: Seat) -> None:
    for _ in range(70):
        register.listing(register.entity(), published_on="2025-03-01")
    pages = [clerk.get(f"/court/listings/?page={page}").text for page in (1, 2)]
    shown = [re.findall(r'href="/court/listings/([0-9a-f-]{36})"', page) for page in pages]
    assert [len(one) for one in shown] == [50, 20]
    assert len({*shown[0], *shown[1]}) == 70
