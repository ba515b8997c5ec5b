"""Several listings moved at once at the console."""

from __future__ import annotations

from tests.integration.desk import Console, Seat
from tests.integration.life.parties import one
from tests.integration.register import Register


def test_several_leave_for_one_cause_once_their_number_is_typed(
    console: Console, register: Register, clerk: Seat
) -> None:
    chosen = [register.listing(register.entity(), term_ends_on=None) for _ in range(4)]
    noise = register.listing(register.entity(), term_ends_on=None)
    path = "/court/listings/several?" + "&".join(f"listing={one}" for one in chosen)
    assert "以确认" not in clerk.get(path).text, "first what is done"
    page = clerk.get(f"{path}&action=delete").text
    assert "输入 4 以确认" in page
    assert "立即停止公示" in page
    assert 'value="performed"' in page
    assert 'value="wrongly_listed"' not in page, "a cause of another act"
    assert 'value="wrongly_listed"' in clerk.get(f"{path}&action=withdraw").text
    form = {"listing": [str(one) for one in chosen], "action": "delete", "cause": "performed", "reason": "虚构"}
    for typed in ("", "3", "四"):
        assert clerk.post("/court/listings/several", count=typed, **form).status_code == 422
    bad = {**form, "cause": "early_deletion"}
    assert clerk.post("/court/listings/several", count="4", **bad).status_code == 422
    answer = clerk.post("/court/listings/several", count="4", **form)
    assert answer.status_code == 303
    told = clerk.get(answer.location).text
    assert ("删除 · 4 条" in told, told.count("<td>已删除</td>")) == (True, 4)
    assert {one(console, listing)["state"] for listing in chosen} == {"deleted"}
    assert one(console, noise)["state"] == "published"


def test_of_several_all_are_moved_or_none(console: Console, register: Register, clerk: Seat) -> None:
    good, with_term = register.listing(register.entity(), term_ends_on=None), register.listing(register.entity())
    form = {"action": "delete", "cause": "performed", "reason": "虚构", "count": "2"}
    answer = clerk.post("/court/listings/several", listing=[str(good), str(with_term)], **form)
    assert answer.status_code == 409
    assert one(console, with_term)["case_number"] in answer.text
    assert one(console, good)["state"] == "published"
    assert clerk.post("/court/listings/several", listing="x", **form).status_code == 422
    assert clerk.get("/court/listings/several").status_code == 422
