"""A small fictional register to put the listed into, and the noise that must never be counted."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import psycopg
from psycopg.rows import DictRow

from backend.core.geo import cell, tile_bounds, tile_key
from backend.core.name_index import add_names
from backend.core.names import fold, fold_case_number

TODAY = date(2026, 3, 1)
# code → level, label point. 13 has cities; 11 has counties only; 46 has a city and a county beside it.
AREAS = {
    "13": ("province", (114.5, 38.0)),
    "1301": ("city", (114.47, 38.03)),
    "130108": ("county", (114.52, 37.99)),
    "130102": ("county", (114.55, 38.05)),
    "1302": ("city", (118.17, 39.62)),
    "130202": ("county", (118.17, 39.63)),
    "11": ("province", (116.4, 39.9)),
    "110101": ("county", (116.41, 39.92)),
    "110102": ("county", (116.36, 39.91)),
    "46": ("province", (112.5, 0.0)),  # on the edges of tiles from zoom 1 and 4 on
    "4601": ("city", (110.2, 20.03)),
    "460105": ("county", (110.28, 20.0)),
    "469001": ("county", (109.51, 18.77)),
}
CITY_BUBBLES = {code: code[:4] for code in AREAS} | {"13": "13", "11": "11", "110101": "11", "110102": "11"}
CITY_BUBBLES |= {"46": "46", "469001": "469001"}
CORNER = tile_bounds(12, 3350, 1574)
# Points that share a place, a zoom-21 cell, or the edge of a tile.
POINTS = [
    (114.5, 38.0),
    (114.50001, 38.00001),
    (114.6, 38.1),
    (112.5, 20.0),
    (CORNER.west, CORNER.north),
    (CORNER.east, CORNER.south),
    (CORNER.west, 37.99),
    (90.0, 0.0),
    (116.4, 39.9),
]


@dataclass
class Register:
    """Writes rows inside the caller's transaction; `today` is `TODAY` there."""

    connection: psycopg.Connection[DictRow]
    courts: list[uuid.UUID] = field(default_factory=list)
    _serial: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.set_today(TODAY)
        self._insert_areas()
        self._insert_grounds()
        self.import_file = self.insert(
            "import_file", name="list.csv", sha256=b"x", source="court", counts="{}",
            imported_at=datetime.fromisoformat("2026-02-20T20:00:00+00:00"),
        )  # fmt: skip
        self.courts = [
            self.court("裕华区人民法院", "130108", "2026-02-20T10:00:00+00:00"),
            self.court("石家庄市中级人民法院", "1301", "2026-02-25T10:00:00+00:00"),
            self.court("东城区人民法院", "110101", "2026-02-10T10:00:00+00:00"),
            self.court("未导入的法院", "469001", None),
        ]

    def set_today(self, day: date) -> None:
        self.connection.execute("SELECT set_config('listings.today', %s, true)", (day.isoformat(),))

    def court(self, name: str, area: str, as_of: str | None) -> uuid.UUID:
        court_id = uuid.uuid4()
        self.insert(
            "court", id=court_id, code=f"虚{next(self._serial)}", name=name, level="basic", area_code=area,
            by_rule=True, as_of=as_of,
        )  # fmt: skip
        return court_id

    def entity(self, name: str = "甄虚构", kind: str = "person", area: str = "130108", **fields: Any) -> uuid.UUID:
        """One entity; with `point` (lon, lat) it stands there, else in its area."""
        entity_id = uuid.uuid4()
        point = fields.pop("point", None)
        placed_by = "registered_address" if point else "court_area"
        values = {"placed_by": placed_by, "source": "court", **fields}
        if point:
            values |= {"tile_key": tile_key(*point), "point": f"SRID=4326;POINT({point[0]!r} {point[1]!r})"}
        self.insert(
            "entity", id=entity_id, has_identifier=True, kind=kind, name=name, name_folded=fold(name), area_code=area,
            **{"identity_key": entity_id.bytes, **values},
        )  # fmt: skip
        add_names(self.connection, [(kind == "person", fold(name))])
        return entity_id

    def listing(
        self, entity: uuid.UUID, state: str = "current", grounds: Sequence[int] = (1,), **fields: Any
    ) -> uuid.UUID:
        """One listing; `state` is `current`, `last_day`, `expired`, `future`, `draft` or `ended`."""
        listing_id = uuid.uuid4()
        case_number = fields.pop("case_number", f"（2025）虚9999执{next(self._serial)}号")
        values: dict[str, Any] = {
            "court_id": self.courts[0],
            "performance": "none",
            "published_on": TODAY - timedelta(days=100),
            "source": "court",
            "import_file_id": self.import_file,
            **_STATES[state],
            **fields,
        }
        self.insert(
            "listing", id=listing_id, entity_id=entity, content_hash=b"x",
            case_number=case_number, case_key=fold_case_number(case_number),
            ground_mask=sum(1 << (ground - 1) for ground in set(grounds)),
            **{"listing_key": listing_id.bytes, **values},
        )  # fmt: skip
        return listing_id

    def notice(self, listing: uuid.UUID, when: str = "current", **fields: Any) -> uuid.UUID:
        """One published notice; `when` is `current`, `last_day`, `expired` or `future`.

        On a listing that is not shown it is closed, since nothing else can be there.
        """
        start, end = {"current": (-10, 10), "last_day": (-10, 0), "expired": (-10, -1), "future": (1, 10)}[when]
        of = self.connection.execute(
            "SELECT state, court_id FROM register.listing WHERE id = %s", (listing,)
        ).fetchone()
        assert of is not None
        over = {"state": "closed", "closed_on": TODAY, "closed_cause": "listing_ended"}
        values = {
            "kind": "property", "basis": "fixed", "amount": 5000, "source": "court", "court_id": of["court_id"],
            "requested_on": TODAY - timedelta(days=20), "answer_due_on": TODAY - timedelta(days=10),
            "published_on": TODAY + timedelta(days=start), "ends_on": TODAY + timedelta(days=end),
            **self._two_officers(of["court_id"]), **({"state": "published"} if of["state"] == "published" else over),
        }  # fmt: skip
        return self.insert("notice", listing_id=listing, **(values | fields))

    def officer(self, court: uuid.UUID, login: str, *roles: str) -> uuid.UUID:
        return self.insert("officer", court_id=court, login=login, name="虚构人员", roles=list(roles))

    def go_live(self, court: uuid.UUID) -> None:
        """Let it take filings, as two approvers of its own vouch for it."""
        logins = [f"live.{one}.{court.hex[:8]}" for one in "ab"]
        for login in logins:
            self.officer(court, login, "approver")
        go_live(self.connection, court, *logins)

    def _two_officers(self, court: uuid.UUID) -> dict[str, uuid.UUID]:
        """Who has drafted and who has approved a court's notices."""
        known = self.connection.execute(
            "SELECT id FROM register.officer WHERE court_id = %s AND login LIKE 'notice.%%' ORDER BY login", (court,)
        ).fetchall()
        ids = [row["id"] for row in known] or [
            self.officer(court, f"notice.{role}.{court.hex[:8]}", role) for role in ("approver", "clerk")
        ]
        return {"approved_by": ids[0], "drafted_by": ids[1]}

    def insert_event(self, listing: uuid.UUID, **fields: Any) -> None:
        """A deletion that a file told of."""
        values = {"action": "delete", "from_state": "published", "to_state": "deleted", "article": "第十条", **fields}
        columns = ", ".join(values)
        places = ", ".join(f"%({name})s" for name in values)
        self.connection.execute(
            f"INSERT INTO register.listing_event (listing_id, import_file_id, {columns})"
            f" VALUES (%(listing)s, %(file)s, {places})",
            {**values, "listing": listing, "file": self.import_file},
        )

    def insert(self, table: str, **values: Any) -> uuid.UUID:
        values.setdefault("id", uuid.uuid4())
        columns = ", ".join(values)
        places = ", ".join(f"%({name})s" for name in values)
        self.connection.execute(f"INSERT INTO register.{table} ({columns}) VALUES ({places})", values)
        return values["id"]  # type: ignore[no-any-return]

    def _insert_areas(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO register.area (code, name, level, parent_code, city_bubble_code, label_point,"
                " label_tile_x, label_tile_y, provider, provider_version, provider_crs) VALUES (%s, %s, %s, %s, %s,"
                " ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s, %s, 'test', '1', 'WGS 84')",
                [
                    (code, f"虚区{code}", level, _parent(code), CITY_BUBBLES[code], *label, *cell(*label))
                    for code, (level, label) in AREAS.items()
                ],
            )

    def _insert_grounds(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO register.ground VALUES (%s, %s, %s, %s, 's', 's', %s, %s, 'e', 'e')"
                " ON CONFLICT DO NOTHING",
                [(n, f"第{n}项", f"白话{n}", f"plain {n}", f"《规定》第一条第（{n}）项", n > 1) for n in range(1, 7)],
            )


_STATES: dict[str, dict[str, Any]] = {
    "current": {"term_ends_on": TODAY + timedelta(days=400)},
    "last_day": {"term_ends_on": TODAY},
    "expired": {"term_ends_on": TODAY - timedelta(days=1)},
    "future": {"published_on": TODAY + timedelta(days=1)},
    "draft": {"state": "draft", "published_on": None, "import_file_id": None},
    "ended": {"state": "deleted", "ended_on": TODAY - timedelta(days=1), "ended_cause": "performed"},
}


def go_live(connection: psycopg.Connection[Any], court: uuid.UUID, first: str, second: str) -> None:
    """How a court with keys is reached, and what two officers vouch for by their logins, before it takes anything."""
    connection.execute(
        "UPDATE register.court SET phone = '0000-0000000', address = '虚构路一号' WHERE id = %s", (court,)
    )
    connection.execute(
        "INSERT INTO register.readiness_statement (court_id, line, stated_by, approved_by)"
        " SELECT %s, line, first.id, second.id"
        " FROM unnest(ARRAY['recovery_sealed', 'announcement_reviewed']) AS line, register.officer AS first,"
        " register.officer AS second WHERE first.login = %s AND second.login = %s",
        (court, first, second),
    )


def _parent(code: str) -> str | None:
    return next((code[:length] for length in (4, 2) if length < len(code) and code[:length] in AREAS), None)
