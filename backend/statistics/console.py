"""The court's statistics at the console: the numbers that the public reads, as a table."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from backend.core.access import allow
from backend.core.db import load_queries
from backend.core.desk import DeskBlueprint, render
from backend.core.desk_tables import Heading, Sheet
from backend.core.http import database
from backend.core.sessions import current_session
from backend.statistics.domain import CAUSES, ROUNDED_TO, put_together

statistics_desk = DeskBlueprint("statistics_desk", __name__, "/court/settings/statistics")
_queries = load_queries(__file__)
_CAUSES = {
    "performed": ("已履行", "performed"), "settled": ("和解履行", "settled"),
    "creditor_request": ("申请人请求", "creditor's request"), "no_property": ("无财产终结", "no property"),
    "stay": ("中止", "stay"), "non_enforcement": ("不予执行", "non-enforcement"), "terminated": ("终结", "terminated"),
    "early_deletion": ("提前删除", "early deletion"), "withdrawn": ("撤销", "withdrawn"),
    "expired": ("到期", "expired"), "other": ("其他", "other"),
}  # fmt: skip
_COLUMNS = (
    Heading("from", "季度起始", "Quarter from"),
    Heading("listed", "新列入", "listed"),
    *(Heading(cause, f"移出:{_CAUSES[cause][0]}", f"ended: {_CAUSES[cause][1]}") for cause in CAUSES),
    Heading("filed", "收到纠正申请", "objections"),
    Heading("upheld", "成立", "upheld"),
    Heading("median_days", "中位天数", "median days"),
)


@statistics_desk.get("/")
@allow()
def show() -> Response:
    """Twelve quarters; `csv=1` for a spreadsheet."""
    court = current_session().officer.court_id
    with database().read() as connection:
        last_day = _queries.find_last_day(connection)
        quarters = put_together(_queries.list_numbers(connection, court=court), last_day)
        overdue = _queries.find_overdue(connection, court=court)
    sheet = Sheet(_COLUMNS, [_row(quarter) for quarter in quarters])
    if request.args.get("csv"):
        return sheet.csv("statistics")
    return render("settings/statistics.html", page=sheet.page(), overdue=overdue or 0, rounded_to=ROUNDED_TO)


def _row(quarter: dict[str, Any]) -> dict[str, Any]:
    return {"from": quarter["from"], "listed": quarter["listed"], **quarter["ended"], **quarter["objections"]}
