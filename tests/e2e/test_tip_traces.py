"""What a tip leaves behind: on the phone nothing, on the network only itself; and no way in where nobody reads."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, Route, expect

from tests.e2e.filing_steps import press, traces
from tests.e2e.tip_court import TipCourt
from tests.e2e.tip_steps import (
    CANARIES,
    SEND_TIP,
    Log,
    expect_delivered,
    finish,
    go_on,
    open_entity,
    open_notice,
    say_vehicle,
    seal_and_send,
    start,
    stored,
    write_all,
)
from tests.e2e.traffic import go_to, until

KEPT_TO_REFUSE_OLD_KEYS = "wx:court-keys"
# Where the map stood, to which one comes back afterwards: its own home, whatever the tip was about.
MAP_VIEW = "wx:map-view"


def test_nothing_is_asked_while_a_tip_is_written_and_nothing_ties_it_to_its_reader(
    phone: Page, tip_court: TipCourt
) -> None:
    log = Log.of(phone)
    phone.context.add_cookies([{"name": "canary", "value": "cookie", "url": tip_court.site.address}])
    phone.goto(f"/entities/detail?id={tip_court.entity}")
    # the work on a token takes a moment, and so does keeping it
    until(phone, lambda: "wx:visitor" in stored(phone))
    open_entity(phone, tip_court)
    # the control: this phone has a token and a cookie, and the log sees both where they belong
    assert [sent for sent in log.headers(f"/v1/entities/{tip_court.entity}") if "x-visitor" in sent]
    phone.evaluate("fetch('/healthz')")
    assert "canary=cookie" in log.headers("/healthz")[0]["cookie"]

    before = len(log.requests)
    write_all(phone)
    assert log.asked(before) == []
    seal_and_send(phone)
    expect_delivered(phone)
    assert log.asked(before) == ["GET /v1/challenge?for=tips", "POST /v1/tips"]
    for path in ("/v1/challenge?for=tips", "/v1/tips"):
        (sent,) = log.headers(path)
        assert not sent.keys() & {"x-visitor", "cookie", "authorization"}
        assert not [
            told for told in (tip_court.entity, tip_court.listing, tip_court.notice) if told in json.dumps(sent)
        ]
    body = log.requests[-1].post_data or ""
    assert not [secret for secret in (*CANARIES, tip_court.entity_name) if secret in body]


def test_done_leaves_no_name_and_no_word_on_the_phone(phone: Page, tip_court: TipCourt) -> None:
    go_to(phone, f"/entities/detail?id={tip_court.entity}")
    # the control: without a tip the organisation stands among those looked at
    assert tip_court.entity_name in stored(phone)["wx:seen"]
    press(phone, SEND_TIP)
    before = stored(phone)
    write_all(phone)
    assert stored(phone).keys() - before.keys() <= {KEPT_TO_REFUSE_OLD_KEYS}
    assert phone.title().startswith("联系法院")
    code = seal_and_send(phone)
    expect_delivered(phone)
    finish(phone)
    assert stored(phone).keys() - before.keys() <= {KEPT_TO_REFUSE_OLD_KEYS, MAP_VIEW}
    secrets = (*CANARIES, tip_court.entity_name, code, code[:11])
    for _ in range(3):
        left = traces(phone)
        assert not [secret for secret in secrets if secret in left]
        phone.go_back()
    assert not [secret for secret in CANARIES if secret in phone.content()]


def test_leaving_clears_everything(phone: Page, tip_court: TipCourt) -> None:
    sent = tip_court.last_number()
    for last in (0, 2, 6):
        open_notice(phone, tip_court)
        if last == 6:
            write_all(phone)
        elif last == 2:
            start(phone)
            go_on(phone, 2)
            say_vehicle(phone)
        press(phone, "离开")
        expect(phone.get_by_role("button", name="列表", exact=True)).to_be_visible()
        left = traces(phone)
        assert not [secret for secret in CANARIES if secret in left]
        phone.go_back()
    # what the browser's way back still opens has nothing left to show
    phone.goto("/filings/write")
    expect(phone.get_by_text(re.compile("^内容已经清空"))).to_be_visible()
    assert tip_court.last_number() == sent


def test_a_court_whose_keys_do_not_check_out_gets_nothing(phone: Page, tip_court: TipCourt) -> None:
    def forge(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["keys"] = [key | {"key": key["key"][::-1]} for key in told["keys"]]
        route.fulfill(response=answer, json=told)

    phone.route(f"**/v1/courts/{tip_court.id}", forge)
    go_to(phone, f"/notices/detail?id={tip_court.notice}")
    press(phone, SEND_TIP)
    expect(phone.get_by_text(re.compile("钥匙核对不上"))).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("^拨打"))).to_be_visible()
    expect(phone.get_by_role("button", name="开始")).to_have_count(0)


def test_where_no_court_reads_tips_there_is_no_way_in_and_no_dead_end(phone: Page, tip_court: TipCourt) -> None:
    def close(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"accepts_tips": False})

    pages = (
        f"/notices/detail?id={tip_court.notice}",
        f"/entities/detail?id={tip_court.entity}",
        f"/services/court?id={tip_court.id}",
    )
    for path in pages:
        go_to(phone, path)
        expect(phone.get_by_role("button", name=SEND_TIP)).to_have_count(1)
    phone.route("**/v1/courts/*", close)
    for path in pages:
        go_to(phone, path)
        expect(phone.get_by_text("这家法院还没有开通在线提供线索,请打电话或写信。")).to_be_visible()
        expect(phone.get_by_role("button", name=SEND_TIP)).to_have_count(0)
    phone.goto("/filings/contact")
    expect(phone.get_by_text(re.compile("^内容已经清空"))).to_be_visible()
