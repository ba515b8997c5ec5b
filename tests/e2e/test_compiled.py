"""Every page of the program as WeChat compiles it, in WeChat's own simulator, against the running server."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from backend.config import ROOT
from tests.e2e.conftest import HOME, Site
from tests.e2e.test_resident import api

DEMO = "演示数据:人名、单位、案号都是虚构的"
GONE_FROM_MEMORY = "内容已经清空,没有保存在任何地方。"
# Titles, and what each page says when it has opened; names and numbers are added from the server's own answers.
SAID = {
    "pages/entities/map/index": ("失信被执行人公示地图", DEMO),
    "pages/entities/search/index": ("查询", "至少两个汉字或三个字母"),
    "pages/notices/list/index": ("悬赏", "截止"),
    "pages/services/home/index": ("办事", "查我自己是否被列入"),
    "pages/areas/list/index": ("名单", "依据执行法院归入"),
    "pages/areas/choose/index": ("选地区", "查找"),
    "pages/entities/detail/index": ("公示信息", "列入公示不等于犯罪"),
    "pages/notices/detail/index": ("悬赏公告", "什么情况不付"),
    "pages/services/self-check/index": ("查我自己是否被列入", "完整号码不会发出"),
    "pages/services/courts/index": ("法院电话", "人民法院"),
    "pages/services/court/index": ("法院", "12368"),
    "pages/services/today/index": ("我已经履行", "付款给对方不会自动通知法院"),
    "pages/services/words/index": ("这些词是什么意思", "列入不等于犯罪"),
    "pages/services/about/index": ("关于与隐私", "版本 0.1.0"),
    "pages/filings/file/index": ("我已经履行", "付款给对方不会自动通知法院"),
    "pages/filings/contact/index": ("联系法院", "要提供线索,请从悬赏公告"),
    "pages/filings/write/index": ("联系法院", "要提供线索,请从悬赏公告"),
    "pages/filings/claim/index": ("联系法院", GONE_FROM_MEMORY),
    "pages/filings/check/index": ("检查并发送", GONE_FROM_MEMORY),
    "pages/filings/receipt/index": ("已送达", "这一页已经清空。"),
    "pages/filings/follow/index": ("查办理进度", "25 个字母和数字"),
    "pages/filings/codes/index": ("我的查询码", "这部手机没有记下查询码"),
}


OFFER = "pages/filings/reminder-offer/index"
OFFERED = "有结果时微信提醒一次(不含姓名和内容)"
STATES = ("none", "offered", "asking", "asked", "declined", "failed")


@pytest.fixture(scope="module")
def known(site: Site) -> dict[str, Any]:
    """What the server says of one person, one notice, one court and the home area."""
    return {
        "person": api(site, f"/v1/entities?area={HOME}&kind=person&limit=1")["items"][0],
        "notice": api(site, "/v1/notices?limit=1")["items"][0],
        "court": api(site, f"/v1/courts?area={HOME}")["items"][0],
        "area": api(site, f"/v1/areas/{HOME}"),
    }


@pytest.fixture(scope="module")
def answer(site: Site, known: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("compiled") / "pages.json"
    queries = {
        "pages/areas/list/index": {"code": HOME},
        "pages/entities/detail/index": {"id": known["person"]["id"]},
        "pages/notices/detail/index": {"id": known["notice"]["id"]},
        "pages/services/court/index": {"id": known["court"]["id"]},
        "pages/services/today/index": {"topic": "performed"},
        "pages/filings/file/index": {"door": "performed"},
    }
    wanted = {"address": site.address, "queries": queries, "region": known["area"]["bbox"], "answer": str(file)}
    wanted["components"] = [{"name": OFFER, "properties": {"state": state}, "event": "ask"} for state in STATES]
    script = ROOT / "tests/miniprogram/pages.js"
    done = subprocess.run(["node", str(script), json.dumps(wanted)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(file.read_text("utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def opened(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return answer["pages"]  # type: ignore[no-any-return]


def test_every_page_opens_with_its_title_and_its_main_state(opened: dict[str, dict[str, Any]]) -> None:
    wrong = {
        page: (opened[page]["title"], opened[page]["text"][:300])
        for page, (title, said) in SAID.items()
        if opened[page]["title"] != title or said not in opened[page]["text"]
    }
    assert wrong == {}


def test_none_throws_and_every_page_of_the_program_was_opened(opened: dict[str, dict[str, Any]]) -> None:
    assert opened.keys() == SAID.keys()
    assert {page: shown["problems"] for page, shown in opened.items() if shown["problems"]} == {}
    program = json.loads((ROOT / "miniprogram/app.json").read_text("utf-8"))
    parts = {str(Path(part["root"]) / page) for part in program["subPackages"] for page in part["pages"]}
    assert opened.keys() == {*program["pages"], *parts}
    assert all(shown["text"] and shown["title"] for shown in opened.values())


def test_what_the_pages_say_is_what_the_server_answers(
    opened: dict[str, dict[str, Any]], known: dict[str, Any]
) -> None:
    counts = known["area"]["counts"]
    listed = f"{counts['person']} 人 · {counts['company'] + counts['organisation']} 家"
    for page, text in {
        "pages/entities/map/index": listed,
        "pages/areas/list/index": listed,
        "pages/entities/detail/index": known["person"]["name"],
        "pages/notices/detail/index": known["notice"]["promise"]["zh"],
        "pages/services/court/index": known["court"]["name"],
    }.items():
        assert text in opened[page]["text"], page
    assert known["person"]["name"] not in opened["pages/entities/detail/index"]["title"]


def test_a_reminder_is_offered_where_the_page_says_so_and_asked_for_by_a_tap(answer: dict[str, Any]) -> None:
    shown = dict(zip(STATES, answer["components"], strict=True))
    assert shown["none"] == {"text": "", "heard": 0}
    assert [state for state in STATES if OFFERED in shown[state]["text"]] == ["offered", "asking", "declined", "failed"]
    assert shown["offered"]["heard"] == shown["failed"]["heard"] == 1
    assert (shown["asked"]["heard"], "取消提醒" in shown["asked"]["text"]) == (0, True)
    assert "没有设置提醒" in shown["declined"]["text"]
