"""One WeChat reminder for an objector, from the login code to the message, against WeChat's server on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import psycopg
import pytest

from backend.config import Settings
from backend.core.filings.shredding import shred
from backend.core.jobs import Work, run_job
from backend.core.sealing.refusals import CannotOpen
from backend.core.sealing.rows import unwrap_row
from backend.core.wechat import WeChat, WrongSettings
from backend.objections import reminders
from backend.objections.domain import Decision
from backend.objections.jobs import JOBS
from backend.objections.service import answer, decide
from tests.fake_wechat import APP, FakeWeChat, fake_wechat
from tests.integration.conftest import Check
from tests.integration.filing_world import Phone, World

OFFER = {"template_id": APP[2], "asked": False}


@pytest.fixture
def wechat(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeWeChat]:
    """WeChat, and a world whose settings name it; nothing that another test asked for waits."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(reminders, "WeChat", partial(WeChat, pause=lambda _: None))
    world.execute("DELETE FROM register.objection_reminder")
    with fake_wechat() as server:
        on = replace(world.app.extensions["settings"], wechat=server.settings())
        monkeypatch.setitem(world.app.extensions, "settings", on)
        yield server


def file(world: World) -> tuple[Phone, int]:
    phone = world.phone(world.court)
    answer = world.file(phone.seal())
    assert answer.status_code == 201, answer.text
    return phone, int(answer.get_json()["number"])


def ask(world: World, phone: Phone, code: str) -> Any:
    return world.post("/reminders", {"lookup": phone.lookup, "code": code})


def asked(world: World, wechat: FakeWeChat, openid: str = "openid-of-somebody") -> tuple[Phone, int]:
    """An objection whose sender has consented to a reminder."""
    phone, number = file(world)
    wechat.codes["code"] = openid
    wechat.consents[openid] += 1
    answer = ask(world, phone, "code")
    assert answer.status_code == 201, answer.text
    return phone, number


def run(world: World) -> str:
    return run_job(JOBS[0], Work(world.database, world.app.extensions["settings"])).partition(": ")[2]


def waiting(world: World) -> list[dict[str, Any]]:
    return world.rows("SELECT filing_id, openid FROM register.objection_reminder")


def told(sent: int, undeliverable: int = 0, left: int = 0) -> str:
    return f"{sent} sent, {undeliverable} undeliverable, {left} waiting"


def test_whoever_asked_is_reminded_once_when_the_court_has_decided(
    world: World, wechat: FakeWeChat, check: Check
) -> None:
    phone, number = asked(world, wechat)
    status = world.status(phone)
    check("ObjectionStatus", status)
    assert status["reminder"] == OFFER | {"asked": True}
    assert run(world).endswith(told(0))
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    assert run(world).endswith(told(1))
    assert [message["touser"] for message in wechat.sent] == ["openid-of-somebody"]
    assert waiting(world) == []
    assert run(world).endswith(told(0))
    assert world.status(phone)["reminder"] is None


def test_an_answer_before_the_decision_reminds_too_and_may_be_asked_for_again(world: World, wechat: FakeWeChat) -> None:
    phone, number = asked(world, wechat)
    answer(world.desk(), number, "请补充材料")
    assert run(world).endswith(told(1))
    assert world.status(phone)["reminder"] == OFFER
    wechat.codes["another"] = "openid-of-somebody"
    wechat.consents["openid-of-somebody"] += 1
    assert ask(world, phone, "another").status_code == 201
    assert run(world).endswith(told(0)), "the answer that was there before reminds nobody"
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    assert run(world).endswith(told(1))


def test_the_message_names_nobody_and_nothing(world: World, wechat: FakeWeChat) -> None:
    phone, number = asked(world, wechat)
    decide(world.desk(), number, Decision("not_founded", reasons="张示例没有证据"))
    run(world)
    (message,) = wechat.sent
    assert message["page"] == "pages/filings/follow/index"
    assert message["data"] == {"thing1": {"value": "有了答复"}}
    (court,) = world.rows("SELECT name FROM register.court WHERE id = %s", world.court)
    text = json.dumps(message, ensure_ascii=False)
    for secret in (phone.lookup, str(world.court), court["name"], "张示例", f'"{number}"'):
        assert secret not in text


def test_what_is_kept_opens_only_with_the_filings_own_key(world: World, wechat: FakeWeChat) -> None:
    asked(world, wechat)
    (row,) = waiting(world)
    assert b"openid-of-somebody" not in bytes(row["openid"])
    (filing,) = world.rows("SELECT court_id, key_id FROM sealed.filing WHERE id = %s", row["filing_id"])
    place = reminders._place(filing["court_id"], row["filing_id"], filing["key_id"])
    key = world.store.find(row["filing_id"])
    assert key
    assert unwrap_row(row["openid"], place, key).rstrip(b"\0") == b"openid-of-somebody"
    for other_place, other_key in ((replace(place, part="claim"), key), (place, bytes(32))):
        with pytest.raises(CannotOpen):
            unwrap_row(row["openid"], other_place, other_key)


def test_every_row_has_one_length_and_the_last_phone_counts(world: World, wechat: FakeWeChat) -> None:
    phone, number = asked(world, wechat, "o" * 28)
    (first,) = waiting(world)
    wechat.codes["second"] = "short"
    wechat.consents["short"] = 1
    assert ask(world, phone, "second").status_code == 201
    (second,) = waiting(world)
    assert len(first["openid"]) == len(second["openid"])
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    run(world)
    assert [message["touser"] for message in wechat.sent] == ["short"]


def test_whoever_asked_may_take_it_back(world: World, wechat: FakeWeChat, check: Check) -> None:
    phone, number = asked(world, wechat)
    other, _ = asked(world, wechat, "somebody-else")
    for _ in range(2):
        withdrawn = world.post("/reminders/withdrawals", {"lookup": phone.lookup})
        assert withdrawn.status_code == 200
        check("Withdrawn", withdrawn.get_json())
    assert world.status(phone)["reminder"] == OFFER
    assert world.status(other)["reminder"] == OFFER | {"asked": True}
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    assert run(world).endswith(told(0))
    assert len(waiting(world)) == 1
    assert world.post("/reminders/withdrawals", {"lookup": world.phone().lookup}).status_code == 404


@pytest.mark.parametrize("code", ["never-given", "", "x" * 129, "a b"])
@pytest.mark.usefixtures("wechat")
def test_a_code_that_wechat_does_not_know_is_named(world: World, code: str) -> None:
    phone, _ = file(world)
    refused = ask(world, phone, code)
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/body/code"
    assert waiting(world) == []


@pytest.mark.parametrize("trouble", [500, -1, 40125])
def test_wechats_troubles_are_503_and_keep_nothing(
    world: World, wechat: FakeWeChat, trouble: int, caplog: pytest.LogCaptureFixture
) -> None:
    phone, _ = file(world)
    wechat.codes["code"], wechat.troubles["/sns/jscode2session"] = "openid", [trouble] * 2
    refused = ask(world, phone, "code")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert waiting(world) == []
    assert ("40125" in caplog.text) == (trouble == 40125)
    assert APP[1] not in caplog.text


def test_without_settings_nothing_is_offered_asked_or_sent(world: World, wechat: FakeWeChat) -> None:
    phone, number = asked(world, wechat)
    off = replace(world.app.extensions["settings"], wechat=Settings.from_environment({}).wechat)
    world.app.extensions["settings"] = off
    assert world.status(phone)["reminder"] is None
    assert ask(world, phone, "code").status_code == 409
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    assert run(world).endswith(told(0))
    assert wechat.sent == []


def test_a_decided_objection_and_an_unknown_receipt_take_none(world: World, wechat: FakeWeChat) -> None:
    phone, number = file(world)
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    wechat.codes["code"] = "openid"
    assert ask(world, phone, "code").status_code == 409
    assert ask(world, world.phone(), "code").status_code == 404
    assert waiting(world) == []


def test_whom_wechat_does_not_reach_is_forgotten(world: World, wechat: FakeWeChat) -> None:
    _, number = asked(world, wechat)
    wechat.consents.clear()
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    assert run(world).endswith(told(0, 1))
    assert waiting(world) == []


@pytest.mark.parametrize("trouble", [45009, 500, -1])
def test_what_wechat_cannot_take_now_waits(world: World, wechat: FakeWeChat, trouble: int) -> None:
    decided = [asked(world, wechat, openid)[1] for openid in ("one", "two")]
    for number in decided:
        decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    wechat.troubles["/cgi-bin/message/subscribe/send"] = [trouble] * 3
    assert run(world).endswith(told(0, 0, 2))
    wechat.troubles.clear()
    assert run(world).endswith(told(2))
    assert sorted(message["touser"] for message in wechat.sent) == ["one", "two"]


def test_what_only_an_operator_can_mend_is_told_and_forgets_nothing(world: World, wechat: FakeWeChat) -> None:
    _, number = asked(world, wechat)
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    wechat.troubles["/cgi-bin/message/subscribe/send"] = [47003]
    with pytest.raises(WrongSettings, match="47003"):
        run(world)
    assert run(world).endswith(told(1))


def test_a_reminder_that_cannot_be_sent_is_forgotten_after_its_days(world: World, wechat: FakeWeChat) -> None:
    _, number = asked(world, wechat)
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    wechat.quota = 0
    for days, left in ((7, 1), (8, 0)):
        world.execute(
            "UPDATE register.objection SET decided_on = serving.today() - %s WHERE filing_id IN"
            " (SELECT filing_id FROM register.objection_reminder)",
            days,
        )
        run(world)
        assert len(waiting(world)) == left


def test_a_destroyed_filing_leaves_nobody_to_remind(world: World, wechat: FakeWeChat) -> None:
    _, number = asked(world, wechat)
    decide(world.desk(), number, Decision("not_founded", reasons="已核实"))
    (row,) = waiting(world)
    shred(world.database, world.store, row["filing_id"])
    assert run(world).endswith(told(0, 1))
    assert (wechat.sent, waiting(world)) == ([], [])


def test_whoever_takes_requests_in_cannot_read_whom_to_remind(world: World, wechat: FakeWeChat) -> None:
    asked(world, wechat)
    for role in ("tip_writer", "public_reader"):
        with world.database.transaction(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT openid FROM register.objection_reminder")


def _words_of(operation: Any, components: dict[str, Any]) -> str:
    """An operation with every schema that it names written out."""
    text = json.dumps(operation)
    for _ in range(4):
        for name, schema in components.items():
            text = text.replace(f'"#/components/schemas/{name}"', json.dumps(schema))
    return text


def test_no_way_of_a_tip_offers_or_takes_a_reminder(world: World) -> None:
    document = world.app.test_client().get("/v1/openapi.json").get_json()
    schemas = document["components"]["schemas"]
    words = {path: _words_of(operation, schemas) for path, operation in document["paths"].items()}
    reminding = {path for path, text in words.items() if "remind" in path + text or "template_id" in text}
    assert reminding == {
        "/v1/objections", "/v1/objections/status", "/v1/objections/reminders", "/v1/objections/reminders/withdrawals"
    }  # fmt: skip
    assert any(path.startswith("/v1/tips") for path in words)
