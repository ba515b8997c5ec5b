"""Articles are cited with the law that they are of."""

from __future__ import annotations

import csv
import re

import pytest

from backend.clocks.seed import CAUSES_FILE
from backend.config import ROOT
from backend.core.citation import RULES, cited


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("第九条", f"{RULES}第九条"),
        ("《民事诉讼法》第二百六十七条", "《民事诉讼法》第二百六十七条"),
        ("法释〔2013〕17号第五条", "法释〔2013〕17号第五条"),
        ("", ""),
    ],
)
def test_an_article_is_of_the_rules_unless_it_names_its_law(article: str, said: str) -> None:
    assert cited(article) == said


def test_no_cause_before_the_amendment_cites_the_amended_rules() -> None:
    with CAUSES_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    early = [row for row in rows if row["valid_from"] < "2017-05-01"]
    assert early
    assert [row["code"] for row in early if cited(row["article"]).startswith(RULES)] == []
    assert {row["valid_until"] for row in early if row["article"].startswith("法释〔2013〕17号")} == {"2017-04-30"}


@pytest.mark.parametrize(
    ("action", "day", "article"),
    [
        ("suspend", "2017-05-01", "第二百五十六条"),
        ("suspend", "2022-01-01", "第二百六十三条"),
        ("suspend", "2024-01-01", "第二百六十七条"),
        ("delete", "2017-05-01", "第二百五十七条"),
        ("delete", "2022-01-01", "第二百六十四条"),
        ("delete", "2024-01-01", "第二百六十八条"),
    ],
)
def test_a_death_cites_the_procedure_law_as_it_was_numbered(action: str, day: str, article: str) -> None:
    """Amended in 2021 and 2023, in force on 1 January of the years after; its articles moved by seven, then by four."""
    with CAUSES_FILE.open(encoding="utf-8", newline="") as file:
        [found] = [
            row["article"]
            for row in csv.DictReader(file)
            if (row["action"], row["code"], row["valid_from"]) == (action, "death", day)
        ]
    assert found == f"《民事诉讼法》{article}"


def test_no_template_puts_the_rules_before_an_article_that_may_be_of_another_law() -> None:
    templates = {path: path.read_text("utf-8") for path in (ROOT / "backend" / "templates").rglob("*.html")}
    assert [path.name for path, text in templates.items() if re.search(r"7号\)? ?\{\{", text)] == []
    cited_in = {path.name for path, text in templates.items() if re.search(r"article \| cited", text)}
    assert {"paper.html", "removal_notice.html"} <= cited_in
