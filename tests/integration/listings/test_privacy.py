from __future__ import annotations

import re
from datetime import date

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.integration.listings.lists import Importer, body, person
from tests.unit.listings.factories import fictional_id

Register = psycopg.Connection[DictRow]
NUMBER = fictional_id(date(1983, 4, 17), 604)
BIRTH = "1983-04-17"
HOME = "虚构路77号6号楼"
_DIGESTS = re.compile(r"\\x[0-9a-f]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def everything(register: Register) -> str:
    """Every value of every table of the register, as text, but for digests and random ids."""
    tables = register.execute("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'register'").fetchall()
    rows = (register.execute(f"SELECT to_jsonb(t)::text AS row FROM register.{row['name']} t") for row in tables)
    return _DIGESTS.sub("", "\n".join(row["row"] for found in rows for row in found))


def take_private_rows(importer: Importer) -> None:
    importer.take(
        [
            person(1, cardNum="", full_id=NUMBER, birth_date=BIRTH, duty=f"证件{NUMBER}，支付1元"),
            person(2, cardNum=NUMBER, duty=f"证件 {NUMBER}"),
            person(3, cardNum=f"{NUMBER[:10]}****{NUMBER[14:]}", focusNumber=987654321),
            body(4, registered_address=HOME, registered_lon="110.123456", registered_lat="30.654321"),
        ],
        quarantine=importer.folder / "bad.xlsx",
    )


@pytest.mark.parametrize(
    "private",
    [
        NUMBER,
        NUMBER[6:14],
        NUMBER[:10],
        NUMBER[14:],
        f"{NUMBER[:10]}****{NUMBER[14:]}",
        BIRTH,
        "987654321",
        HOME,
        "110.12",
        "30.65",
    ],
)
def test_nothing_private_of_a_file_is_anywhere_in_the_register(
    importer: Importer, register: Register, private: str
) -> None:
    take_private_rows(importer)
    held = everything(register)
    assert "赵示例" in held
    assert private not in held


@pytest.mark.parametrize("private", [NUMBER, f"{NUMBER[:10]}****{NUMBER[14:]}"])
def test_the_search_finds_a_planted_number(importer: Importer, register: Register, private: str) -> None:
    take_private_rows(importer)
    register.execute("UPDATE register.listing SET duty = %s", (f"支付1元，{private}。",))
    assert private in everything(register)


def test_staging_never_holds_a_number(importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    write_row = psycopg.Copy.write_row

    def watch(copy: psycopg.Copy, row: tuple[object, ...]) -> None:
        seen.append(repr(row))
        write_row(copy, row)

    monkeypatch.setattr(psycopg.Copy, "write_row", watch)
    take_private_rows(importer)
    # beside them go the names that nobody bore before
    assert len([row for row in seen if "示0101执" in row]) == 3
    assert not any(part in row for row in seen for part in (NUMBER, NUMBER[6:14], NUMBER[14:], HOME, "110.12"))
