"""The inbox of tips: what it tells of one before it is opened, and which belong together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.core.clock import now
from tests.integration.filing_world import World
from tests.integration.tips.inbox import file_tip, row_of
from tests.integration.tips.seats import Seat
from tests.integration.tips.test_routes import make_notice

pytestmark = pytest.mark.usefixtures("unlimited")


def test_an_unopened_tip_shows_number_hour_and_kind_of_target_only(world: World, clerk: Seat) -> None:
    notice = make_notice(world, world.listings[0])
    _, number = file_tip(world, world.phone(notice))
    case = world.rows("SELECT case_number FROM register.listing WHERE id = %s", world.listings[0])[0]["case_number"]
    row = row_of(clerk, number)
    assert row[0] == str(number)
    assert row[2:4] == ["悬赏公告", ""]
    assert row[1].startswith(f"{now():%Y}")
    assert not any(row[3:])
    clerk.open(number)
    row = row_of(clerk, number)
    assert row[3] == "正在核实"
    assert case in row[5]
    assert row[7] == "虚构人员"


def test_an_unopened_tip_is_not_found_by_what_it_hides(world: World, clerk: Seat) -> None:
    _, number = file_tip(world, world.phone(make_notice(world, world.listings[0])))
    case = world.rows("SELECT case_number FROM register.listing WHERE id = %s", world.listings[0])[0]["case_number"]
    assert f"\n{number}," not in clerk.get(f"/tips/?csv=1&find={case}").text
    clerk.open(number)
    assert f"\n{number}," in clerk.get(f"/tips/?csv=1&find={case}").text  # the control


def test_tips_on_one_case_are_compared_whichever_way_they_name_it(world: World, clerk: Seat) -> None:
    [row] = world.rows("SELECT entity_id FROM register.listing WHERE id = %s", world.other_listing)
    first, second = make_notice(world, world.other_listing), make_notice(world, world.other_listing)
    about = (world.other_listing, row["entity_id"], first, second, world.other_listing)
    numbers = [file_tip(world, world.phone(target))[1] for target in about]
    for noise in (world.listings[0], world.entity, world.court, make_notice(world, world.listings[0])):
        file_tip(world, world.phone(noise))
    clerk.open(numbers[0])
    decided = {"outcome": "not_used", "reason": "known"}
    assert clerk.send(f"/tips/{numbers[0]}/decide", decided).status_code == 200
    gone = numbers.pop()
    state = "UPDATE sealed.filing SET state = %s, closed_on = %s WHERE purpose = 'tip' AND number = %s"
    world.execute(state, "shredding", "2026-01-01", gone)
    for number in numbers:
        said = clerk.send(f"/tips/{number}/compare").get_json()["numbers"]
        assert [other for other in said if other >= numbers[0]] == numbers, number
    world.execute(state, "checking", None, gone)
    assert gone in clerk.send(f"/tips/{numbers[0]}/compare").get_json()["numbers"]  # the control


def test_the_inbox_narrows_by_state_notice_and_age(world: World, clerk: Seat) -> None:
    notice = make_notice(world, world.listings[1])
    _, promised = file_tip(world, world.phone(notice))
    _, plain = file_tip(world, world.phone(world.court))

    def shown(query: str) -> set[int]:
        page = clerk.get(f"/tips/?sort=number&down=1{query}").text
        return {number for number in (promised, plain) if f'data-open="{number}"' in page}

    assert shown("") == {promised, plain}
    assert shown(f"&notice={notice}") == {promised}
    clerk.open(plain)
    assert shown("&state=checking") == {plain}
    assert shown("&state=received") == {promised}
    assert shown("&state=open") == {promised, plain}
    assert shown("&age=late") == set()
    old = now().replace(minute=0, second=0, microsecond=0) - timedelta(days=30)
    world.execute("UPDATE sealed.filing SET hour = %s WHERE purpose = 'tip' AND number = %s", old, plain)
    assert shown("&age=late") == {plain}
