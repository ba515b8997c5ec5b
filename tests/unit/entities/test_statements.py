from __future__ import annotations

import pytest
from sqlalchemy import Integer, Text, cast, select

from backend.entities.domain import Filters
from backend.entities.queries import Shape, values
from backend.entities.statements import Statement, constant, given


def test_values_are_numbered_in_the_order_of_their_names() -> None:
    statement = Statement.compose(select(cast(given("b", Integer), Text), given("a", Text), given("b", Integer)))
    assert statement.names == ("b", "a")
    assert statement.sql.count("$1") == 2
    assert statement.sql.count("$2") == 1


def test_the_planner_never_sees_a_value() -> None:
    assert "(SELECT CAST($1" in Statement.compose(select(given("area", Text))).sql
    assert "$" not in Statement.compose(select(constant(5), constant("'a'"))).sql


@pytest.mark.parametrize("area", ["13", "1301", "130108"])
def test_requests_of_one_shape_share_a_statement(area: str) -> None:
    one, other = Filters(area=area, ground_mask=1), Filters(area=area, ground_mask=8)
    assert Shape.of(one) == Shape.of(other)
    assert values(one) != values(other)
    assert Shape.of(one) != Shape.of(Filters(area=area))
    assert Shape.of(one) != Shape.of(Filters(area=area + "11", ground_mask=1))
