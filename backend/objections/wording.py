"""What codes of objections are called at the console."""

from __future__ import annotations

from collections.abc import Mapping

from backend.core.desk import t

OUTCOMES = {
    "founded": ("理由成立", "founded"),
    "founded_in_part": ("部分成立", "founded in part"),
    "not_founded": ("理由不成立", "not founded"),
}
ACTS = {
    "withdraw": ("撤销(不应纳入)", "withdraw (should not have been listed)"),
    "correct": ("更正(内容有误)", "correct (details are wrong)"),
    "delete": ("删除(早应删除)", "delete (should have been removed)"),
}

REVIEW_OUTCOMES = {
    "upheld": ("驳回复议申请,维持原决定", "the decision stands"),
    "reversed": ("复议理由成立,撤销原决定", "the decision is reversed"),
    "withdrawn": ("申请人撤回复议申请", "whoever asked took it back"),
}


def said(words: Mapping[str, tuple[str, str]], code: str | None) -> str:
    return t(*words[code]) if code else ""
