from __future__ import annotations

from uuid import UUID

import pytest

from tests.bench.national.statements import Statement


def test_numbers_placeholders_from_where_the_request_stands() -> None:
    statement = Statement.read("SELECT %(a)s, %(b)s;  -- a comment", {"a": "王", "b": UUID(int=1)}, 3)
    assert statement.text == "SELECT :p3, :p4::uuid"
    assert statement.values == ("王", "0" * 31 + "1")


@pytest.mark.parametrize(
    ("value", "written", "text"),
    [
        (5, ":p1::integer", "5"),
        (2**40, ":p1::bigint", str(2**40)),
        (True, ":p1::bool", "t"),
        (["a", "b,"], ":p1", '{a,"b,"}'),
    ],
)
def test_writes_values_as_postgresql_reads_them(value: object, written: str, text: str) -> None:
    assert Statement.read("%(a)s", {"a": value}, 1) == Statement(written, (text,))


def test_small_numbers_named_twice_and_nulls_become_part_of_the_statement() -> None:
    statement = Statement.read("%(shift)s %(none)s %(shift)s", {"shift": 18, "none": None}, 1)
    assert statement == Statement("18 NULL 18", ())


def test_knows_percent_signs_and_unnamed_placeholders() -> None:
    assert Statement.read("a LIKE %s || '%%'", ("x",), 1) == Statement("a LIKE :p1 || '%'", ("x",))
