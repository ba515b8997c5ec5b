from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from backend.entities.duties import Duty, most_pressing, read_duties
from backend.entities.wording import CAUSES_OF_DELETION, DUE, HOW_TO_OBJECT, ListingTerms, how_it_ends

LAST_DAY = date(2027, 3, 14)


def ends(
    grounds: list[int], term_ends_on: date | None = None, performance: str = "none", *, several: bool = False
) -> Mapping[str, object]:
    return how_it_ends(ListingTerms(grounds, term_ends_on, performance, several))


def test_ground_one_alone_has_no_term_and_names_the_causes() -> None:
    answer = ends([1])
    assert "没有固定期限" in str(answer["zh"])
    assert "No fixed end" in str(answer["en"])
    assert answer["causes"] == CAUSES_OF_DELETION


def test_a_stated_term_gives_its_last_day() -> None:
    answer = ends([2], LAST_DAY)
    assert str(answer["zh"]).startswith("最后一天是 2027年3月14日。")
    assert str(answer["en"]).startswith("Last day 14 Mar 2027;")
    assert answer["causes"] == []


def test_a_stated_term_counts_under_ground_one_too() -> None:
    assert "2027年3月14日" in str(ends([1], LAST_DAY)["zh"])


@pytest.mark.parametrize("grounds", [[2], [3], [4], [5], [6], [1, 4], [1, 2, 3, 4, 5, 6]])
def test_a_term_that_the_file_omits_is_said_to_be_omitted(grounds: list[int]) -> None:
    answer = ends(grounds)
    assert "没有写明期限" in str(answer["zh"])
    assert "does not state the term" in str(answer["en"])
    assert answer["causes"] == []


def test_full_performance_without_a_term_calls_for_deletion() -> None:
    answer = ends([1], performance="full")
    assert "全部履行,应当删除" in str(answer["zh"])
    assert "deletion is due" in str(answer["en"])


def test_full_performance_with_a_term_leaves_it_to_the_court() -> None:
    for answer in (ends([2], LAST_DAY, "full"), ends([2], None, "full")):
        assert "是否提前删除由法院决定" in str(answer["zh"])
        assert "deletion is due" not in str(answer["en"])


@pytest.mark.parametrize("performance", ["none", "partial", "other"])
def test_anything_less_than_full_performance_adds_nothing(performance: str) -> None:
    assert ends([1], performance=performance) == ends([1])


def test_one_of_several_says_that_the_others_stay() -> None:
    assert str(ends([1], several=True)["zh"]).endswith("一条结束,不影响其他条。")
    assert "others" not in str(ends([1])["en"])


DUE_ON = date(2026, 11, 25)
TERMS = ListingTerms([1], None, "full", several=False)


def said(kind: str, *, performed: bool = False, on: date | None = DUE_ON, overdue: bool = False) -> tuple[str, str]:
    answer = how_it_ends(TERMS, (Duty(kind, performed, on, overdue),))
    return str(answer["zh"]), str(answer["en"])


def test_a_deletion_after_performance_names_its_last_day() -> None:
    zh, en = said("delete_after_cause", performed=True)
    assert "法院已记录全部履行,应在 2026年11月25日 前删除。" in zh
    assert "full performance; deletion is due by 25 Nov 2026." in en
    assert "如仍在这里显示" not in zh  # not both sentences


def test_a_deletion_for_another_cause_claims_no_performance() -> None:
    zh, en = said("delete_after_cause")
    assert "全部履行" not in zh.partition("前删除")[0].rpartition("。")[2]
    assert "a cause of deletion; deletion is due by 25 Nov 2026" in en


def test_past_its_day_a_deletion_is_said_to_be_overdue() -> None:
    zh, en = said("delete_after_cause", performed=True, overdue=True)
    assert "已过应删除的日期(2026年11月25日)" in zh
    assert "The deletion date (25 Nov 2026) has passed" in en
    assert "is due by" not in en


def test_performed_with_a_term_is_being_decided() -> None:
    assert "正在决定是否提前删除" in said("decide_early_deletion", performed=True, on=None)[0]
    assert "全部履行" not in said("decide_early_deletion", on=None)[0].partition("法院正在决定")[2]


def test_an_open_objection_names_the_day_of_its_answer() -> None:
    zh, en = said("decide_objection")
    assert "法院最迟 2026年11月25日 答复" in zh
    assert "the court answers by 25 Nov 2026" in en
    assert "has passed" in said("decide_objection", overdue=True)[1]


@pytest.mark.parametrize("kind", sorted(DUE))
@pytest.mark.parametrize("overdue", [True, False])
@pytest.mark.parametrize("on", [DUE_ON, None])
def test_every_duty_has_its_sentence(kind: str, on: date | None, *, overdue: bool) -> None:
    zh, en = said(kind, on=on, overdue=overdue and on is not None)
    assert "{" not in zh + en
    assert len(zh) > len(str(ends([1])["zh"]))


def test_the_most_pressing_duty_ends_or_changes_the_listing() -> None:
    duties = read_duties("decide_objection - 2026-03-01 - 3;delete_after_cause performed 2026-03-03 overdue -")
    assert [duty.working_days for duty in duties] == [3, None]
    assert most_pressing(duties) == Duty("delete_after_cause", performed=True, on=date(2026, 3, 3), overdue=True)
    assert most_pressing(duties[:1]) == duties[0]
    assert most_pressing(()) is None
    assert read_duties(None) == ()


def test_no_sentence_leaves_a_gap_unfilled() -> None:
    for grounds in ([1], [2]):
        for term in (None, LAST_DAY):
            for performance in ("none", "full"):
                answer = ends(grounds, term, performance, several=True)
                assert "{" not in f"{answer['zh']}{answer['en']}"


def test_objecting_names_both_ways_since_the_same_words_stand_for_courts_with_and_without_a_form() -> None:
    assert "已开通在线办理的" in HOW_TO_OBJECT["zh"]
    assert "没有开通的,请打电话或寄信" in HOW_TO_OBJECT["zh"]
    assert "还没有开通" not in HOW_TO_OBJECT["zh"]
    assert "Where the court is open online" in HOW_TO_OBJECT["en"]
    assert "where it is not, call or write" in HOW_TO_OBJECT["en"]
    assert "not open online yet" not in HOW_TO_OBJECT["en"]
