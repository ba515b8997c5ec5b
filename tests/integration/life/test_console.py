"""Listings at the console: found, read, moved, and refused to whoever may not."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.integration.desk import Console, Seat
from tests.integration.life.parties import events, one, stale
from tests.integration.register import TODAY, Register


def test_listings_are_found_by_name_case_state_and_ground(register: Register, clerk: Seat) -> None:
    wanted = register.listing(register.entity("甄虚构"), case_number="（2025）虚0108执77号", grounds=(4,))
    register.listing(register.entity("贾示例"), "ended", grounds=(1,))
    register.listing(register.entity("甄虚构"), court_id=register.courts[1])
    for query in ("q=甄虚", "q=(2025)虚0108执 77号", "ground=4", "state=published&q=甄"):
        page = clerk.get(f"/court/listings/?{query}").text
        assert f"/court/listings/{wanted}" in page, query
        assert "共 1 条" in page, query
        assert "贾示例" not in page
    assert "贾示例" in clerk.get("/court/listings/?state=deleted").text
    assert "没有符合的公示" in clerk.get("/court/listings/?q=100%25").text


def test_every_column_sorts_and_the_file_computes_nothing(console: Console, register: Register, clerk: Seat) -> None:
    register.listing(register.entity("=HYPERLINK(1)"))
    register.listing(register.entity("@虚构"))
    for key in ("name", "case_number", "state", "grounds", "performance", "published_on", "term_ends_on", "due_on"):
        assert clerk.get(f"/court/listings/?sort={key}&down=1").status_code == 200, key
    answer = clerk.get("/court/listings/?csv=1")
    assert answer.mimetype == "text/csv"
    assert "'=HYPERLINK(1)" in answer.text
    assert "'@虚构" in answer.text
    assert not re.search(r"(^|,)[=@]", answer.text, re.MULTILINE)
    stale(console, clerk)
    again = clerk.get("/court/listings/?csv=1")
    assert again.status_code == 303
    assert "/court/prove" in again.location
    assert clerk.get("/court/listings/").status_code == 200  # the control: reading by the page needs none


def test_another_courts_listing_is_not_there(console: Console, register: Register, clerk: Seat) -> None:
    other = register.listing(register.entity(), court_id=register.courts[1])
    form = {"cause": "wrongly_listed", "reason": "x"}
    for path in ("", "/withdrawal", "/correction", "/steps/delete", "/term", "/cause", "/person", "/early-deletion"):
        absent = clerk.get(f"/court/listings/{uuid.uuid4()}{path}")
        answer = clerk.get(f"/court/listings/{other}{path}")
        assert (answer.status_code, answer.text) == (404, absent.text), path
    assert clerk.post(f"/court/listings/{other}/withdrawal", **form).status_code == 404
    assert (
        clerk.post("/court/listings/several", listing=str(other), count=1, action="delete", **form).status_code == 404
    )
    assert one(console, other)["state"] == "published"
    home = console.seat("clerk", court=register.courts[1])
    assert home.post(f"/court/listings/{other}/withdrawal", **form).status_code == 303  # the control
    assert one(console, other)["state"] == "withdrawn"


def test_only_clerks_act_and_auditors_do_not_even_read(console: Console, register: Register) -> None:
    listing = register.listing(register.entity())
    for role in ("approver", "reward_officer", "keeper", "auditor"):
        seat = console.seat(role)
        assert seat.get(f"/court/listings/{listing}").status_code == (403 if role == "auditor" else 200)
        answer = seat.post(f"/court/listings/{listing}/withdrawal", cause="wrongly_listed", reason="x")
        assert answer.status_code == 403, role
    assert one(console, listing)["state"] == "published"


def test_withdrawing_is_done_at_once_with_its_article_and_reason(
    console: Console, register: Register, clerk: Seat
) -> None:
    listing = register.listing(register.entity())
    page = clerk.get(f"/court/listings/{listing}/withdrawal").text
    assert "第九条" in page
    assert "立即停止公示" in page
    path = f"/court/listings/{listing}/withdrawal"
    assert clerk.post(path, cause="wrongly_listed").status_code == 422  # no reason
    assert clerk.post(path, cause="made_up", reason="x").status_code == 409
    assert clerk.post(path, cause="wrongly_listed", reason="<script>虚构的理由</script>").status_code == 303
    [event] = events(console, listing)
    assert (event["to_state"], event["article"], event["officer_id"]) == ("withdrawn", "第九条", clerk.officer)
    assert event["detail"] == {"note": "<script>虚构的理由</script>"}
    shown = clerk.get(f"/court/listings/{listing}").text
    assert "&lt;script&gt;虚构的理由" in shown
    assert "<script>虚构" not in shown
    paper = clerk.get(f"/court/listings/{listing}/papers/{event['id']}").text
    assert "法释〔2017〕7号" in paper
    assert "院印" in paper
    assert clerk.post(path, cause="wrongly_listed", reason="x").status_code == 409


def test_withdrawing_needs_a_second_factor_shown_just_now(console: Console, register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity())
    stale(console, clerk)
    answer = clerk.post(f"/court/listings/{listing}/withdrawal", cause="wrongly_listed", reason="x")
    assert "/court/prove" in answer.location
    assert one(console, listing)["state"] == "published"


def test_showing_again_waits_for_another_officer(console: Console, register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity(), "ended")
    path = f"/court/listings/{listing}/steps/relist"
    answer = clerk.post(path, cause="decision", reason="法院再次决定")
    assert answer.status_code == 303
    assert one(console, listing)["state"] == "deleted"
    assert clerk.post(path, cause="decision", reason="x").status_code == 409  # asked already
    asked = answer.location
    assert clerk.post(f"{asked}/approve").status_code == 403
    both = console.seat("clerk", "approver")
    assert "不公示" in both.get(asked).text
    assert both.post(f"{asked}/approve").status_code == 303
    assert one(console, listing)["state"] == "published"
    assert events(console, listing)[-1]["approver_id"] == both.officer


def test_whoever_is_listed_again_after_a_term_gets_another_by_two_officers(
    console: Console, register: Register, clerk: Seat
) -> None:
    over, ends = TODAY - timedelta(days=1), TODAY + timedelta(days=900)
    listing = register.listing(register.entity(), grounds=(4,), term_ends_on=over)
    path = f"/court/listings/{listing}/steps/relist"
    assert clerk.post(f"/court/listings/{listing}/steps/expire", cause="term_ended", reason="期满").status_code == 303
    assert path in clerk.get(f"/court/listings/{listing}").text
    page = clerk.get(path).text
    assert "第五条" in page
    assert re.search(r'name="term_ends_on" min="\S+" max="\S+"[^>]* required', page)
    assert f"原期限已于 {over} 届满" in page
    form = {"cause": "decision", "reason": "法院再次决定"}
    assert clerk.post(path, **form).status_code == 409, "the former term has ended"
    short = clerk.post(path, term_ends_on=TODAY + timedelta(days=30), **form)
    assert short.status_code == 422, "nobody is asked to sign what the law does not know"
    assert "期限应在" in short.text
    asked = clerk.post(path, term_ends_on=ends, **form).location
    approver = console.seat("approver")
    assert (str(over) in (told := approver.get(asked).text), str(ends) in told) == (True, True)
    assert one(console, listing)["state"] == "expired"
    assert approver.post(f"{asked}/approve").status_code == 303
    now = one(console, listing)
    assert (now["state"], now["term_ends_on"], now["published_on"]) == ("published", ends, TODAY)
    paper = clerk.get(f"/court/listings/{listing}/papers/{events(console, listing)[-1]['id']}").text
    assert str(ends) in paper
    assert "批准人" in paper


def test_a_term_that_still_runs_is_kept_unless_another_is_stated(register: Register, clerk: Seat) -> None:
    runs = TODAY + timedelta(days=200)
    early = register.listing(register.entity(), "ended", grounds=(4,), term_ends_on=runs)
    without = register.listing(register.entity(), "ended", grounds=(4,), term_ends_on=None)
    first = register.listing(register.entity(), "ended", grounds=(1,), term_ends_on=None)
    page = clerk.get(f"/court/listings/{early}/steps/relist").text
    assert f"原期限至 {runs};不填则沿用" in page
    assert not re.search(r'name="term_ends_on"[^>]* required', page)
    assert "只有情形一,没有期限" in clerk.get(f"/court/listings/{first}/steps/relist").text
    form = {"cause": "decision", "reason": "x"}
    assert clerk.post(f"/court/listings/{without}/steps/relist", **form).status_code == 422, "it would have no term"
    for listing in (early, first):  # the control
        assert clerk.post(f"/court/listings/{listing}/steps/relist", **form).status_code == 303


def test_no_step_is_offered_for_what_has_ended(register: Register, clerk: Seat) -> None:
    forms: dict[str, dict[str, Any]] = {
        "correction": {"field": "duty", "value": "支付二百元", "cause": "wrong_data", "reason": "x"},
        "cause": {"cause": "performed", "on": TODAY, "reason": "x"},
        "early-deletion": {"decision": "delete", "reason": "x"},
    }
    ended, shown = register.listing(register.entity(), "ended"), register.listing(register.entity())
    for step, form in forms.items():
        path = f"/court/listings/{ended}/{step}"
        assert (clerk.get(path).status_code, clerk.post(path, **form).status_code) == (409, 409), step
        assert clerk.get(f"/court/listings/{shown}/{step}").status_code == 200, step  # the control


def test_a_listing_with_a_term_is_deleted_early_by_two_only(console: Console, register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity(), grounds=(4,))
    assert clerk.get(f"/court/listings/{listing}/steps/delete").status_code == 200
    refused = clerk.post(f"/court/listings/{listing}/steps/delete", cause="performed", reason="x")
    assert refused.status_code == 409
    by_hand = clerk.post(f"/court/listings/{listing}/steps/delete", cause="early_deletion", reason="x")
    assert by_hand.status_code == 409
    noted = clerk.post(f"/court/listings/{listing}/cause", cause="performed", on=TODAY.isoformat(), reason="已付清")
    assert noted.status_code == 303
    page = clerk.get(f"/court/listings/{listing}").text
    assert "应决定是否提前删除" in page
    asked = clerk.post(f"/court/listings/{listing}/early-deletion", decision="delete", reason="同意").location
    assert one(console, listing)["state"] == "published"
    assert console.seat("approver").post(f"{asked}/approve").status_code == 303
    assert one(console, listing)["ended_cause"] == "early_deletion"


def test_the_court_may_keep_to_the_term(console: Console, register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity(), grounds=(4,))
    path = f"/court/listings/{listing}/early-deletion"
    assert clerk.post(path, decision="keep", reason="x").status_code == 409  # nothing is open
    clerk.post(f"/court/listings/{listing}/cause", cause="performed", on=TODAY.isoformat(), reason="x")
    assert clerk.post(path, decision="keep", reason="x").status_code == 303
    assert events(console, listing)[-1]["action"] == "keep"


def test_a_term_is_completed_where_the_file_had_none(console: Console, register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity(), grounds=(4,), term_ends_on=None)
    path = f"/court/listings/{listing}/term"
    assert "第二条" in clerk.get(path).text
    until = (TODAY + timedelta(days=500)).isoformat()
    assert clerk.post(path, term_ends_on="2020-01-01", reason="x").status_code == 422
    assert clerk.post(path, term_ends_on=until, reason="决定书").status_code == 303
    assert one(console, listing)["term_ends_on"].isoformat() == until
    assert clerk.post(path, term_ends_on=until, reason="again").status_code == 409
    assert events(console, listing)[-1]["cause"] == "term_completed"


def test_a_correction_says_what_was_before_and_after(console: Console, register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity(), duty="支付一百元")
    path = f"/court/listings/{listing}/correction"
    form = {"cause": "wrong_data", "reason": "核对判决"}
    assert clerk.get(path).status_code == 200
    for bad in (
        {"field": "name", "value": "x"},
        {"field": "performance", "value": "x"},
        {"field": "duty", "value": "电话13000000000"},
        {"field": "filed_on", "value": "昨天"},
    ):
        assert clerk.post(path, **bad, **form).status_code == 422, bad
    assert clerk.post(path, field="duty", value="支付二百元", **form).status_code == 303
    [event] = events(console, listing)
    assert clerk.post(path, field="performance", value="部分未履行", **form).status_code == 303
    assert one(console, listing)["performance"] == "partial"
    assert event["detail"] == {"field": "duty", "before": "支付一百元", "after": "支付二百元", "note": "核对判决"}
    paper = clerk.get(f"/court/listings/{listing}/papers/{event['id']}").text
    assert "支付一百元 → 支付二百元" in paper
    elsewhere = register.listing(register.entity())
    assert clerk.get(f"/court/listings/{elsewhere}/papers/{event['id']}").status_code == 404


def test_withheld_text_is_shown_or_stays_hidden_and_is_kept_no_longer(
    console: Console, register: Register, clerk: Seat
) -> None:
    listing = register.listing(register.entity(), duty="电话〔已隐去〕", performed_part="在〔已隐去〕")
    for field, text in (("duty", "电话 0311-0000000 总机"), ("performed_part", "在虚构路1号楼")):
        console.connection.execute("INSERT INTO register.withheld_text VALUES (%s, %s, %s)", (listing, field, text))
    assert "总机" in clerk.get(f"/court/listings/{listing}").text
    assert "总机" not in console.seat("approver").get(f"/court/listings/{listing}").text
    path = f"/court/listings/{listing}/withheld"
    assert clerk.post(path, field="duty", verdict="release_text", reason="单位总机").status_code == 303
    assert clerk.post(path, field="performed_part", verdict="keep_text", reason="住址").status_code == 303
    row = one(console, listing)
    assert (row["duty"], row["performed_part"]) == ("电话 0311-0000000 总机", "在〔已隐去〕")
    left = console.connection.execute("SELECT FROM register.withheld_text WHERE listing_id = %s", (listing,)).fetchall()
    assert not left
    assert [event["action"] for event in events(console, listing)] == ["release_text", "keep_text"]
    papers = {
        event["action"]: clerk.get(f"/court/listings/{listing}/papers/{event['id']}").text
        for event in events(console, listing)
    }
    assert papers.keys() == {"release_text", "keep_text"}
    assert "单位总机" in papers["release_text"]
    assert "维持隐去" in papers["keep_text"]
    assert "原文不公布" in papers["keep_text"]
    page = clerk.get(f"/court/listings/{listing}").text
    assert page.count("/papers/") == 2
    assert clerk.post(path, field="duty", verdict="keep_text", reason="x").status_code == 404


def test_a_removal_notice_is_issued_for_what_has_ended(
    console: Console, register: Register, clerk: Seat, tmp_path: Path
) -> None:
    known = console.app.extensions["settings"]
    console.app.extensions["settings"] = replace(known, var_dir=tmp_path)
    listing = register.listing(register.entity())
    path = f"/court/listings/{listing}/removal-notice"
    assert clerk.post(path).status_code == 409
    clerk.post(f"/court/listings/{listing}/withdrawal", cause="wrongly_listed", reason="x")
    assert clerk.post(path).status_code == 303
    assert "/v1/removal-notices/" in clerk.get(f"/court/listings/{listing}").text


def test_pages_speak_english_as_well(register: Register, clerk: Seat) -> None:
    listing = register.listing(register.entity())
    clerk.client.set_cookie("court_language", "en", domain="localhost", path="/court")
    for path in ("/", f"/{listing}", f"/{listing}/withdrawal", f"/{listing}/person", f"/several?listing={listing}"):
        page = clerk.get(f"/court/listings{path}")
        assert page.status_code == 200, path
        assert "Listings" in page.text
    assert "should not have been listed" in clerk.get(f"/court/listings/{listing}/withdrawal").text
