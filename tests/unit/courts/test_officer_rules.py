from __future__ import annotations

from itertools import combinations

import pytest

from backend.courts.officer_rules import (
    ROLES,
    KeeperNeverSigns,
    OperatorLetsIn,
    UnknownRoles,
    check_handing_out,
    check_roles,
    needs_two,
)

EVERY = [roles for size in range(1, len(ROLES) + 1) for roles in combinations(ROLES, size)]


@pytest.mark.parametrize("roles", EVERY)
def test_a_keeper_never_signs_second_and_everything_else_goes_together(roles: tuple[str, ...]) -> None:
    if {"keeper", "approver"} <= set(roles):
        with pytest.raises(KeeperNeverSigns):
            check_roles(roles)
    else:
        assert check_roles([*roles, roles[0]]) == sorted(roles)


@pytest.mark.parametrize("roles", [roles for roles in EVERY if "keeper" not in roles])
def test_whoever_was_a_keeper_signs_second_no_more(roles: tuple[str, ...]) -> None:
    if "approver" in roles:
        with pytest.raises(KeeperNeverSigns):
            check_roles(roles, kept=True)
    else:
        assert check_roles(roles, kept=True) == sorted(roles)


@pytest.mark.parametrize("roles", [(), ("judge",), ("clerk", "judge")])
def test_no_role_and_an_unknown_one_are_refused(roles: tuple[str, ...]) -> None:
    with pytest.raises(UnknownRoles):
        check_roles(roles)


@pytest.mark.parametrize("roles", EVERY)
def test_a_keeper_hands_out_no_password_of_a_hand_that_signs_or_makes_accounts(roles: tuple[str, ...]) -> None:
    if {"keeper", "approver"} & set(roles):
        with pytest.raises(OperatorLetsIn):
            check_handing_out(roles)
    else:
        check_handing_out(roles)


def test_two_officers_give_and_take_a_guarded_role_and_one_any_other() -> None:
    assert needs_two([], ["approver"])
    assert needs_two(["clerk", "keeper"], ["clerk"])
    assert needs_two(["approver"], [])
    assert not needs_two([], ["clerk"])
    assert not needs_two(["approver"], ["approver", "clerk"])
    assert not needs_two(["auditor"], [])
