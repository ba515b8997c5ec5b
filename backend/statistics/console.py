"""The court's statistics at the console: the numbers that the public reads, as a table."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from backend.core.access import allow
from backend.core.db import load_queries
from backend.core.desk import DeskBlueprint, csv_answer, render, t
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


@statistics_desk.get("/")
@allow()
def show() -> Response:
    """Twelve quarters; `csv=1` for a spreadsheet."""
    court = current_session().officer.court_id
    with database().read() as connection:
        last_day = _queries.find_last_day(connection)
        quarters = put_together(_queries.list_numbers(connection, court=court), last_day)
        overdue = _queries.find_overdue(connection, court=court)
    titles, rows = _titles(), [_row(quarter) for quarter in quarters]
    if request.args.get("csv"):
        return csv_answer("statistics", titles, rows)
    return render("settings/statistics.html", titles=titles, rows=rows, overdue=overdue or 0, rounded_to=ROUNDED_TO)


def _titles() -> list[str]:
    ended = [t("移出:", "ended: ") + t(*_CAUSES[cause]) for cause in CAUSES]
    objections = [t("收到纠正申请", "objections"), t("成立", "upheld"), t("中位天数", "median days")]
    return [t("季度起始", "Quarter from"), t("新列入", "listed"), *ended, *objections]


def _row(quarter: dict[str, Any]) -> list[Any]:
    objections = quarter["objections"]
    told = [objections[name] for name in ("filed", "upheld", "median_days")]
    return [quarter["from"], quarter["listed"], *(quarter["ended"][cause] for cause in CAUSES), *told]
