"""What a second officer signs of a list is told in words."""

from __future__ import annotations

import re

import psycopg
from psycopg.rows import DictRow

from tests.integration.desk import Seat
from tests.integration.listings.list_desk import ListDesk
from tests.integration.listings.lists import Importer, person

Register = psycopg.Connection[DictRow]


def test_what_is_signed_is_told_in_words_and_never_in_codes(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat, importer: Importer
) -> None:
    register.execute(
        "INSERT INTO register.ground VALUES (5, '违反限制消费令', '白话', 'plain', '限制消费', 'spending', '第一条',"
        " true, 'e', 'e') ON CONFLICT DO NOTHING"
    )
    importer.take([person(1), person(2)])
    changed = person(1, performance="部分未履行", disruptTypeName="违反限制消费令")
    path = desk.check(clerk, [changed, person(2, cause="已履行")])
    asked = clerk.post(f"{path}/ask", reason="每周名单").location
    approver.post(f"{asked}/open")
    page = approver.get(asked).text
    cells = re.findall(r'<tr><th scope="row">([^<]*执\d+号)</th><td[^>]*>[^<]*</td><td[^>]*>([^<]*)</td>', page)
    rows = dict(cells)
    assert len(rows) == 2
    left, told = rows["移出(文件写明原因) removed, cause stated · （2099）示0101执2号"], " ".join(rows.values())
    assert left.startswith("不公示 not shown (")
    assert "第十条" in left
    assert "履行情况 performance: 部分未履行 performed in part" in told
    assert "情形 grounds: 限制消费 spending" in told
    for code in ("performed)", "partial", "dropped", "performance: none"):
        assert code not in told, code
    assert f'href="{path}"' in page
