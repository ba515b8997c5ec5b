from __future__ import annotations

from uuid import UUID

import pytest

from tests.bench.national.statements import Statement


def test_numbers_values_by_their_names() -> None:
    statement = Statement.read("SELECT %(a)s, %(b)s, %(a)s;  -- a comment", {"a": "王", "b": UUID(int=1)})
    assert statement.text == "SELECT $1, $2::uuid, $1"
    assert statement.values == ("'王'", f"'{'0' * 31}1'")


@pytest.mark.parametrize(
    ("value", "written", "text"),
    [
        (5, "$1::integer", "'5'"),
        (2**40, "$1::bigint", f"'{2**40}'"),
        (True, "$1::bool", "'t'"),
        (["a", "b,"], "$1", "'{a,\"b,\"}'"),
        ("it's", "$1", "'it''s'"),
    ],
)
def test_writes_values_as_postgresql_reads_them(value: object, written: str, text: str) -> None:
    assert Statement.read("%(a)s", {"a": value}) == Statement(written, (text,))


def test_nulls_become_part_of_the_statement() -> None:
    assert Statement.read("%(shift)s %(none)s", {"shift": 18, "none": None}) == Statement("$1::integer NULL", ("'18'",))


def test_knows_percent_signs_and_unnamed_placeholders() -> None:
    assert Statement.read("a LIKE %s || '%%'", ("x",)) == Statement("a LIKE $1 || '%'", ("'x'",))
