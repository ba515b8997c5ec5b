"""A court of the demo that takes tips: its keys, its officers, and their desks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import dict_row

from backend.config import Settings
from backend.core.db import Database
from backend.core.filings.cert_key import make_cert_key
from backend.core.filings.keyring import open_keyring
from backend.core.filings.reading import Desk
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.signatures import verify_key_of
from backend.courts.keeping import Root
from backend.courts.keys import add_officer_key, make_court
from backend.courts.officers import NewOfficer, add_officer
from tests.data.protocol_parties import secret_of
from tests.integration.register import go_live

if TYPE_CHECKING:
    from tests.e2e.conftest import Site

ROOT = Root(verify_key_of(secret_of("root")), secret_of("root"))
OFFICERS = {"lin": ("clerk", "keeper"), "zhou": ("approver",), "wu": ("reward_officer",), "qian": ("approver",)}
# A notice about a company that stands in one current listing, of a court that nobody has given keys yet.
_A_NOTICE = """
SELECT
    notice.id AS notice, court.id AS court, court.code, court.name, listing.id AS listing, listing.case_number,
    entity.id AS entity, entity.name AS entity_name
FROM serving.current_notice AS notice
INNER JOIN serving.current_listing AS listing ON listing.id = notice.listing_id
INNER JOIN register.court ON court.id = listing.court_id
INNER JOIN register.entity ON entity.id = listing.entity_id
WHERE
    notice.kind = 'property' AND entity.kind = 'company' AND court.area_code LIKE '______'
    AND (SELECT count(*) FROM serving.current_listing AS other WHERE other.entity_id = entity.id) = 1
ORDER BY notice.id
LIMIT 1
"""


@dataclass(frozen=True)
class TipCourt:
    """Ids as text; `notice` promises a reward for `listing` of `entity`, a company."""

    site: Site
    id: str
    code: str
    name: str
    notice: str
    listing: str
    case_number: str
    entity: str
    entity_name: str
    database: Database = field(repr=False)
    desk: Callable[[str], Desk] = field(repr=False)

    def last_number(self) -> int:
        """Of the tips that the court has; 0 for none."""
        found = self.row("SELECT coalesce(max(number), 0) AS n FROM sealed.filing WHERE purpose = 'tip'")
        return int(found["n"])

    def row(self, sql: str) -> dict[str, Any]:
        return _row(self.site.environment["DATABASE_URL"], sql)


def open_court(site: Site) -> TipCourt:
    """Give a court of the site keys and officers; the running server takes tips for it from then on."""
    found = _row(site.environment["DATABASE_URL"], _A_NOTICE)
    database = Database(site.environment["DATABASE_URL"])
    settings = Settings.from_environment(site.environment)
    phrases = {}
    for login, roles in OFFICERS.items():
        add_officer(database, NewOfficer(found["code"], login, "虚构人员", roles))
        phrases[login] = add_officer_key(database, login, None).phrase or ""
    make_court(database, found["code"], ROOT, verify_key_of(make_cert_key(settings.var_dir / "cert.key")))
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        go_live(connection, found["court"], "zhou", "qian")
    store = ShredStore(settings.filings.shred_dir, settings.filings.shred_mirror_dir)

    # a phrase is slow to try, on purpose
    @cache
    def desk(login: str) -> Desk:
        with database.transaction("operator") as connection:
            return Desk(database, store, open_keyring(connection, login, phrases[login]))

    ids = {name: str(found[name]) for name in ("notice", "listing", "entity")}
    more = {name: found[name] for name in ("code", "name", "case_number", "entity_name")}
    return TipCourt(site, str(found["court"]), **ids, **more, database=database, desk=desk)


def _row(url: str, sql: str) -> dict[str, Any]:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        found = connection.execute(sql).fetchone()
    assert found
    return found
