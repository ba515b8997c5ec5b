"""Makers of fictional lists, and an importer that writes a list to a file and takes it in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from backend.config import Settings
from backend.core.clock import today
from backend.core.db import Database
from backend.listings.importing import Options, Progress, Summary
from backend.listings.mapping import load_mapping
from backend.listings.service import import_file
from tests.unit.listings.factories import fictional_uscc

Record = dict[str, Any]


class CourtRow(NamedTuple):
    id: str
    code: str
    name: str
    area_code: str


COURTS = (
    CourtRow("00000000-0000-0000-0000-000000000001", "示0101", "示例市甲区人民法院", "990101"),
    CourtRow("00000000-0000-0000-0000-000000000002", "示0102", "示例市乙区人民法院", "990102"),
)
GROUND = "违反财产报告制度"
# Last year: what was published then is past, and its term of two years is not over.
YEAR = today().year - 1


def person(number: int = 1, **changes: Any) -> Record:
    """A person's row in the official feed's form; every number is another person in another case."""
    row = {
        "id": 7_000_000 + number,
        "iname": f"赵示例{chr(0x4E00 + number)}",
        "sexy": "男性",
        "age": "45",
        "cardNum": f"9999991980****{number % 10_000:04d}",
        "businessEntity": "",
        "courtName": "示例市甲区人民法院",
        "areaName": "示例",
        "partyTypeName": "580",
        "caseCode": f"（2099）示0101执{number}号",
        "gistId": f"（2098）示0101民初{number}号",
        "gistUnit": "示例市甲区人民法院",
        "regDate": f"{YEAR}年01月02日",
        "publishDate": f"{YEAR}年05月06日",
        "duty": "支付货款1,000元",
        "performance": "全部未履行",
        "performedPart": "暂无",
        "unperformPart": "暂无",
        "disruptTypeName": GROUND,
        "focusNumber": 12,
        "qysler": [],
    }
    return {**row, **changes}


def body(number: int = 1, **changes: Any) -> Record:
    """A company's row."""
    changed = {
        "iname": f"甲区虚构云岭{chr(0x4E00 + number)}商贸有限公司",
        "sexy": "",
        "age": "0",
        "cardNum": fictional_uscc("91", f"MA{number:07d}"),
        "businessEntity": "钱示例",
        "partyTypeName": "581",
        "caseCode": f"（2099）示0101执{10_000 + number}号",
    }
    return person(number, **{**changed, **changes})


@dataclass
class Importer:
    """Imports lists into one database."""

    database: Database
    settings: Settings
    folder: Path
    said: list[str] = field(default_factory=list)

    def write(self, rows: Sequence[Any], name: str = "list.json") -> Path:
        path = self.folder / name
        path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
        return path

    def take(self, rows: Sequence[Any], **options: Any) -> Summary:
        """Import rows as a JSON array."""
        return self.take_file(self.write(rows), **options)

    def take_file(self, path: Path, **options: Any) -> Summary:
        progress = Progress(say=self.said.append)
        return import_file(self.database, self.settings, path, Options(load_mapping(), **options), progress)


def snapshot(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Every row of everything an import may touch, as text; equal before and after means nothing was touched."""
    tables = ("entity", "listing", "withheld_text", "import_file", "installation", "court")
    return {
        name: sorted(
            str(row) for row in connection.execute(f"SELECT to_jsonb(t)::text, xmin::text FROM register.{name} t")
        )
        for name in tables
    }
