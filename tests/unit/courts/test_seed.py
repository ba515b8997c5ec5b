from __future__ import annotations

from pathlib import Path

import pytest

from backend.core.errors import OperatorError
from backend.courts.seed import COURTS_FILE, read_corrections, read_grounds

HEADER = "code,name,level,area_code,superior_code,phone,address\n"


def _write(folder: Path, text: str) -> Path:
    path = folder / "courts.csv"
    path.write_text(text, "utf-8")
    return path


def test_reads_what_is_stated_and_leaves_the_rest_unknown(tmp_path: Path) -> None:
    (row,) = read_corrections(_write(tmp_path, "\ufeffcode,phone\n虚0101, 12368 \n"))
    assert (row.code, row.phone, row.name, row.line) == ("虚0101", "12368", None, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name\n虚\n", "must have the column code"),
        ("code,colour\n虚0101,red\n", "nothing else"),
        ("", "must have the column code"),
        (HEADER + ",虚,basic,990101,,,\n", "line 2: code is empty"),
        (HEADER + "虚0101,虚,highest,990101,,,\n", "line 2: level must be one of"),
        (HEADER + "虚0101,虚,basic,990101,,,,\n", "line 2: has more cells"),
        (HEADER + "虚0101,,,,,,\n虚0101,,,,,,\n", "line 3: court 虚0101 stands there twice"),
    ],
)
def test_says_which_line_is_wrong_and_why(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(OperatorError, match=words):
        read_corrections(_write(tmp_path, text))


def test_refuses_a_missing_file_and_another_encoding(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot be read"):
        read_corrections(tmp_path / "none.csv")
    path = tmp_path / "courts.csv"
    path.write_bytes("code,name\n虚0101,虚构\n".encode("gb18030"))
    with pytest.raises(OperatorError, match="not a CSV file in UTF-8"):
        read_corrections(path)


def test_the_committed_corrections_state_no_contact_that_nobody_checked() -> None:
    rows = read_corrections(COURTS_FILE)
    assert rows
    assert all(row.phone is None and row.address is None for row in rows)


def test_six_grounds_with_the_article_they_stand_in() -> None:
    grounds = read_grounds()
    assert [ground["id"] for ground in grounds] == [1, 2, 3, 4, 5, 6]
    assert [ground["has_term"] for ground in grounds] == [False, True, True, True, True, True]
    assert grounds[3]["text"] == "违反财产报告制度"
    assert grounds[3]["article"] == "《最高人民法院关于公布失信被执行人名单信息的若干规定》第一条第（四）项"


def test_only_the_first_ground_ends_without_a_term() -> None:
    first, *others = read_grounds()
    assert "没有固定期限" in first["how_it_ends_zh"]
    assert "3 个工作日" in first["how_it_ends_zh"]
    assert all("两年" in ground["how_it_ends_zh"] for ground in others)
    assert all("two years" in ground["how_it_ends_en"] for ground in others)


def test_plain_words_have_the_punctuation_of_the_pages_and_the_law_its_own() -> None:
    for ground in read_grounds():
        for key in ("plain_zh", "short_zh", "how_it_ends_zh"):
            assert not set("，：；（）") & set(ground[key]), ground[key]
        assert "（" in ground["article"]
