from __future__ import annotations

import tomllib

import pytest

from backend.listings.domain.fields import FIELDS
from backend.listings.mapping import DEFAULT, fold_header, load_mapping


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("iname", "name"),
        ("INAME", "name"),
        (" 被执行人姓名/名称 ", "name"),
        ("被执行人姓名／名称", "name"),
        ("已履行(部分)", "performed_part"),
        ("已履行（部分）", "performed_part"),
        ("unperformpart", "unperformed_part"),
        ("exitDate", "exit_on"),
        ("作出执行依据单位", "basis_issuer"),
    ],
)
def test_headers_are_found_in_any_case_and_width(header: str, field: str) -> None:
    row = load_mapping().plan([header, "别的"]).read({header: "值", "别的": "x"})
    assert row == type(row)(**{field: "值"})


def test_every_field_has_a_header() -> None:
    assert {field for field, _ in load_mapping().fields.values()} == set(FIELDS)


def test_no_header_stands_for_two_fields() -> None:
    table = tomllib.loads(DEFAULT.read_text("utf-8"))["headers"]
    headers = [fold_header(header) for headers in table.values() for header in headers]
    assert len(headers) == len(set(headers))


@pytest.mark.parametrize(
    "ignored", ["focusNumber", "关注次数", "id", "qysler", "行号", "列", "原因", "type", "被执行人地址"]
)
def test_what_is_not_stored_is_not_even_read(ignored: str) -> None:
    assert load_mapping().known([ignored]) == set()


def test_of_two_columns_for_a_field_the_first_that_is_not_empty_counts() -> None:
    plan = load_mapping().plan(["publishDateStamp", "publishDate"])
    assert plan.read({"publishDateStamp": "1", "publishDate": "2"}).published_on == "2"
    assert plan.read({"publishDateStamp": "1", "publishDate": ""}).published_on == "1"
    assert plan.header("published_on") == "publishDate"
