"""What the console refuses with is told in Chinese as well as in English: held against the code that refuses."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import backend.app  # noqa: F401  (loads every feature)
from backend.config import ROOT
from backend.console.refusal_titles import TITLES
from backend.console.refusal_words import BREAKS, CHECKS, DETAILS, in_chinese
from backend.core.errors import ProductError
from backend.listings.domain.refusal import Refusal

# Met by residents' pages and other programs, never by a view of the console.
_ELSEWHERE = {
    "BeyondTheWindow", "SpentCode", "Undeliverable", "QuotaSpent", "MistypedReceipt", "NoReminder", "ProductError",
    "Unauthorized", "Gone", "UnknownReceipt",
}  # fmt: skip
_SPEAKING = {"Invalid", "Conflict", "NotPossible", "SameOfficer", "ApprovalMissing", "RoleMissing", "Overloaded"}
_FEATURES = ("listings", "notices", "objections", "tips", "courts", "console")
# Files of which no view of the console runs the part that speaks.
_COMMANDS_AND_PUBLIC = ("commands.py", "routes.py", "reminders.py", "meant.py", "drafting.py")


def _families(parent: type[ProductError]) -> Iterator[type[ProductError]]:
    yield parent
    for child in parent.__subclasses__():
        yield from _families(child)


def test_every_title_has_its_chinese() -> None:
    met = {one for one in _families(ProductError) if one.__module__.startswith("backend.")}
    assert len(met) > 60
    told = {one: (one.__doc__ or "").partition("\n")[0] for one in met if one.__name__ not in _ELSEWHERE}
    assert [(one.__name__, title) for one, title in told.items() if title not in TITLES] == []


def _said(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in _SPEAKING and (text := _template(node.args[0])) is not None:
            yield text


def _template(said: ast.expr) -> str | None:
    """A sentence with `{}` where something stands in it; None for what is no sentence written there."""
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        return said.value
    if isinstance(said, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in said.values)
    return None


def test_every_sentence_has_its_chinese() -> None:
    files = [file for feature in _FEATURES for file in (ROOT / "backend" / feature).rglob("*.py")]
    spoken = {text for file in files if not file.name.endswith(_COMMANDS_AND_PUBLIC) for text in _said(file)}
    assert len(spoken) > 40
    assert sorted(spoken - DETAILS.keys() - TITLES.keys()) == []


@pytest.mark.parametrize("table", [TITLES, DETAILS, BREAKS, CHECKS])
def test_words_are_chinese_and_have_places_for_what_differs(table: dict[str, str]) -> None:
    for english, chinese in table.items():
        assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese), english
        assert chinese.count("{") <= english.count("{"), english


def test_what_differs_stands_in_its_place() -> None:
    assert in_chinese("The period of grace lasts until 2026-03-01.") == "宽限期至 2026-03-01。"
    whole = "（2099）示0101执1号: This cannot happen to the listing now. Its term has not ended. Nothing was changed."
    assert in_chinese(whole) == "（2099）示0101执1号:这条公示现在不能这样办理。期限还没有满。 什么都没有改变。"
    assert in_chinese("nobody wrote this down") == "nobody wrote this down"


def test_reasons_why_a_file_is_refused_have_the_same_places_in_both_languages() -> None:
    for reason in Refusal:
        zh, en = ({name for _, name, _, _ in string.Formatter().parse(text) if name} for text in reason.value)
        assert zh == en, reason
