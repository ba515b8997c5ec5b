from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.errors import OperatorError
from backend.core.names import fold
from backend.courts.domain import court_id
from backend.courts.seed import read_corrections
from backend.courts.service import Loaded, store_courts

Connection = psycopg.Connection[DictRow]
HEADER = "code,name,level,area_code,superior_code,phone,address\n"


def _correct(connection: Connection, folder: Path, rows: str) -> Loaded:
    path = folder / "courts.csv"
    path.write_text(HEADER + rows, "utf-8")
    return store_courts(connection, read_corrections(path), path)


def _court(connection: Connection, code: str) -> dict[str, Any]:
    row = connection.execute("SELECT * FROM register.court WHERE code = %s", (code,)).fetchone()
    assert row is not None
    return row


def _named(connection: Connection, name: str) -> set[str]:
    query = (
        "SELECT code FROM register.court_name INNER JOIN register.court ON court.id = court_id WHERE name_folded = %s"
    )
    return {row["code"] for row in connection.execute(query, (fold(name),))}


def test_the_operator_role_may_load(fictional: Connection) -> None:
    fictional.execute("SET LOCAL ROLE operator")
    assert store_courts(fictional).added == 10


def test_needs_areas_first(connection: Connection) -> None:
    with pytest.raises(OperatorError, match="No areas are loaded yet"):
        store_courts(connection)


def test_stores_the_order_of_courts(fictional: Connection) -> None:
    store_courts(fictional)
    assert _court(fictional, "虚0101")["superior_id"] == court_id("虚01")
    assert _court(fictional, "虚01")["superior_id"] == court_id("虚")
    assert _court(fictional, "虚")["superior_id"] is None


def test_finds_courts_by_every_usual_name(fictional: Connection) -> None:
    store_courts(fictional)
    for name in (
        "东虚区人民法院",
        "甲虚市东虚区人民法院",
        "虚构省甲虚市东虚区人民法院",
        "虚构省 甲虛市 東虛區人民法院",
    ):
        assert _named(fictional, name) == {"虚0101"}


def test_courts_may_share_a_short_name(fictional: Connection) -> None:
    fictional.execute("UPDATE register.area SET name = '东虚区' WHERE code = '990202'")
    store_courts(fictional)
    assert _named(fictional, "东虚区人民法院") == {"虚0101", "虚0202"}
    assert _named(fictional, "乙虚市东虚区人民法院") == {"虚0202"}


def test_loading_again_changes_nothing(fictional: Connection) -> None:
    store_courts(fictional)
    again = store_courts(fictional)
    assert (again.total, again.added, again.changed) == (10, 0, 0)


def test_loading_again_keeps_when_a_list_was_imported(fictional: Connection, tmp_path: Path) -> None:
    store_courts(fictional)
    fictional.execute("UPDATE register.court SET as_of = '2026-11-21T10:00:00Z' WHERE code = '虚0101'")
    _correct(fictional, tmp_path, "虚0101,,,,,12368,\n")
    assert _court(fictional, "虚0101")["as_of"].isoformat() == "2026-11-21T10:00:00+00:00"


def test_a_correction_changes_what_it_states_and_nothing_else(fictional: Connection, tmp_path: Path) -> None:
    loaded = _correct(fictional, tmp_path, "虚0101,,,,,（虚构）12368,\n")
    court = _court(fictional, "虚0101")
    assert loaded.added == 10
    assert (court["phone"], court["name"], court["by_rule"]) == ("（虚构）12368", "甲虚市东虚区人民法院", False)
    assert _court(fictional, "虚0102")["by_rule"]


def test_a_correction_outlives_the_next_load(fictional: Connection, tmp_path: Path) -> None:
    _correct(fictional, tmp_path, "虚0101,虚构改名法院,,,,,\n")
    assert store_courts(fictional).changed == 0
    assert _court(fictional, "虚0101")["name"] == "虚构改名法院"
    assert _named(fictional, "东虚区人民法院") == set()


def test_a_new_court_may_name_a_superior_further_down(fictional: Connection, tmp_path: Path) -> None:
    _correct(
        fictional, tmp_path,
        "虚7101,虚构铁路运输法院,special,9901,虚71,,\n虚71,虚构铁路运输中级法院,special,99,虚,,\n",
    )  # fmt: skip
    assert _court(fictional, "虚7101")["superior_id"] == court_id("虚71")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("虚7101,虚构铁路运输法院,special,,,,\n", "line 2: court 虚7101 is new"),
        ("虚7101,虚构铁路运输法院,special,9977,,,\n", "line 2: there is no area 9977"),
        ("虚0101,,,,虚77,,\n", "line 2: there is no court 虚77"),
        ("虚0101,,,,虚0101,,\n", "line 2: there is no court 虚0101 above 虚0101"),
    ],
)
def test_refuses_a_correction_that_leads_nowhere(fictional: Connection, tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(OperatorError, match=words):
        _correct(fictional, tmp_path, row)


def test_leaves_committed_corrections_of_other_provinces_out(fictional: Connection) -> None:
    store_courts(fictional)
    assert not fictional.execute("SELECT FROM register.court WHERE code LIKE '京%'").fetchall()


def test_stores_the_six_grounds(fictional: Connection) -> None:
    store_courts(fictional)
    rows = fictional.execute("SELECT id, has_term FROM register.ground ORDER BY id").fetchall()
    assert [(row["id"], row["has_term"]) for row in rows] == [(1, False)] + [(n, True) for n in range(2, 7)]
