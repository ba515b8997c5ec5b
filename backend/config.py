"""Every setting, typed, read from the environment once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.core.environment import (
    budget,
    database_url,
    https_url,
    limits_on,
    number,
    public_key,
    redis_url,
    template_fields,
)
from backend.core.errors import OperatorError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8000
_TEMPLATE_FIELDS = "thing1=您提交的申请有了答复;thing2=请用查询码在小程序里查看"


@dataclass(frozen=True)
class Limits:
    """The brakes on bulk reading: how much one visitor and one address may ask for (docs/adr/0007)."""

    # RATE_LIMITS: `off` turns every limit and budget off, for measuring; refused unless HOST is a loopback address.
    on: bool
    # REDIS_URL: redis://…; where limits and budgets are counted; unset means in this process, and then one worker.
    redis_url: str | None
    # TRUSTED_PROXIES: how many proxies in front add to X-Forwarded-For; a wrong number lets callers choose an address.
    trusted_proxies: int
    # PEOPLE_AN_HOUR: distinct people one visitor is shown by name in an hour; then surnames only.
    people_an_hour: int
    # PEOPLE_A_DAY: the same in a day.
    people_a_day: int
    # PEOPLE_AN_HOUR_PER_ADDRESS: distinct people all visitors behind one address are shown by name in an hour.
    people_an_hour_per_address: int
    # FULL_NAME_SEARCHES_AN_HOUR: searches by full name a visitor may make in an hour that show names beyond the budget.
    full_name_searches_an_hour: int
    # FULL_NAME_SEARCHES_AN_HOUR_PER_ADDRESS: the same for an address: thirty readers with twenty searches each.
    full_name_searches_an_hour_per_address: int
    # NEW_VISITORS_AN_HOUR: challenges, and visitor tokens, one address may ask for in an hour.
    new_visitors_an_hour: int
    # SELF_CHECKS_AN_HOUR_PER_ADDRESS: self-checks one address may make in an hour: a waiting room, no guesses.
    self_checks_an_hour_per_address: int
    # SELF_CHECKS_AN_HOUR_PER_NAME: self-checks under one name in an hour, from anywhere; namesakes share it.
    self_checks_an_hour_per_name: int
    # SELF_CHECKS_AN_HOUR_PER_NUMBER: self-checks with one masked number in an hour, from anywhere.
    self_checks_an_hour_per_number: int
    # REQUESTS_A_MINUTE: requests under /v1 one address may send in a minute: thirty readers with a hundred each.
    requests_a_minute: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], host: str) -> Limits:
        """Read the limits; `host` is where the server listens.

        Raises:
            OperatorError: a number is not a number, an address no address, or limits are off beyond loopback.
        """
        return cls(
            on=limits_on(environ.get("RATE_LIMITS", ""), host),
            redis_url=redis_url(environ.get("REDIS_URL", "")),
            trusted_proxies=number(environ, "TRUSTED_PROXIES", 0, low=0, high=10),
            people_an_hour=budget(environ, "PEOPLE_AN_HOUR", 200),
            people_a_day=budget(environ, "PEOPLE_A_DAY", 600),
            people_an_hour_per_address=budget(environ, "PEOPLE_AN_HOUR_PER_ADDRESS", 1000),
            full_name_searches_an_hour=budget(environ, "FULL_NAME_SEARCHES_AN_HOUR", 120),
            full_name_searches_an_hour_per_address=budget(environ, "FULL_NAME_SEARCHES_AN_HOUR_PER_ADDRESS", 600),
            new_visitors_an_hour=budget(environ, "NEW_VISITORS_AN_HOUR", 120),
            self_checks_an_hour_per_address=budget(environ, "SELF_CHECKS_AN_HOUR_PER_ADDRESS", 60),
            self_checks_an_hour_per_name=budget(environ, "SELF_CHECKS_AN_HOUR_PER_NAME", 60),
            self_checks_an_hour_per_number=budget(environ, "SELF_CHECKS_AN_HOUR_PER_NUMBER", 20),
            requests_a_minute=budget(environ, "REQUESTS_A_MINUTE", 3000),
        )


@dataclass(frozen=True)
class Filings:
    """How sealed filings are kept, and the brakes on making them (docs/adr/0011)."""

    # ROOT_PUBLIC_KEY: base64url of the root's public half; unset means that no court's key can be stored.
    root_public_key: str
    # SHRED_DIR: where each filing's own key lies: a volume of its own, outside every backup and snapshot.
    shred_dir: Path
    # SHRED_MIRROR_DIR: a second directory, of another machine, written before a filing is acknowledged.
    shred_mirror_dir: Path | None
    # SHRED_DAYS: days after a filing is closed until its key is destroyed.
    shred_days: int
    # CLAIM_SHRED_DAYS: days after a claim of a reward is closed until its key is destroyed: the ledger's term.
    claim_shred_days: int
    # FILING_MAX_BYTES: the largest body of a filing: six redrawn photos in base64url.
    max_bytes: int
    # FILINGS_AN_HOUR_PER_ADDRESS: filings, and later words, one address may send in an hour.
    an_hour_per_address: int
    # FILINGS_A_DAY_PER_TARGET: filings about one listing or entity in a day.
    a_day_per_target: int
    # FILINGS_A_DAY_PER_COURT: filings that name nothing but their court, in a day.
    a_day_per_court: int
    # UNKNOWN_RECEIPTS_AN_HOUR: look-ups that lead nowhere one address may make in an hour.
    unknown_receipts_an_hour: int
    # MESSAGES_PER_FILING: how many later messages a phone may send for one filing.
    messages_per_filing: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], var_dir: Path) -> Filings:
        """Read them.

        Raises:
            OperatorError: a number is not a number, or the root key is no key.
        """
        mirror = environ.get("SHRED_MIRROR_DIR")
        return cls(
            root_public_key=public_key(environ, "ROOT_PUBLIC_KEY"),
            shred_dir=Path(environ.get("SHRED_DIR") or var_dir / "shred"),
            shred_mirror_dir=Path(mirror) if mirror else None,
            shred_days=number(environ, "SHRED_DAYS", 180, low=1, high=3650),
            claim_shred_days=number(environ, "CLAIM_SHRED_DAYS", 3650, low=1, high=36_500),
            max_bytes=number(environ, "FILING_MAX_BYTES", 8_000_000, low=10_000, high=64_000_000),
            an_hour_per_address=budget(environ, "FILINGS_AN_HOUR_PER_ADDRESS", 20),
            a_day_per_target=budget(environ, "FILINGS_A_DAY_PER_TARGET", 30),
            a_day_per_court=budget(environ, "FILINGS_A_DAY_PER_COURT", 300),
            unknown_receipts_an_hour=budget(environ, "UNKNOWN_RECEIPTS_AN_HOUR", 60),
            messages_per_filing=number(environ, "MESSAGES_PER_FILING", 50, low=1, high=10_000),
        )


@dataclass(frozen=True)
class Desk:
    """The court console: where it is served, and how long a sign-in lasts."""

    # CONSOLE_HOST: the only host name under which /court answers; empty means any.
    host: str
    # SESSION_IDLE_MINUTES: a sign-in at the console ends after so many minutes in which nothing was asked for.
    session_idle_minutes: int
    # SESSION_HOURS: a sign-in at the console ends after so many hours, whatever was done.
    session_hours: int
    # FRESH_MINUTES: paying, withdrawing, keys and reading in bulk need a second factor shown within so many minutes.
    fresh_minutes: int
    # BULK_READING: whoever has opened so many sealed filings within ten minutes needs a fresh second factor for more.
    bulk_reading: int
    # LIST_MAX_BYTES: the largest list that can be uploaded at the console; it is held in memory while it is checked.
    list_max_bytes: int
    # LIST_MAX_ROWS: most rows of an uploaded list; larger ones are imported by command line.
    list_max_rows: int
    # LIST_UNDO_HOURS: for so long an applied list can be taken back at the console.
    list_undo_hours: int
    # LIST_KEPT_DAYS: a list that was checked and not sent for approval is discarded after so many days.
    list_kept_days: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Desk:
        """Read them.

        Raises:
            OperatorError: a number is not a number.
        """
        return cls(
            host=environ.get("CONSOLE_HOST", ""),
            session_idle_minutes=number(environ, "SESSION_IDLE_MINUTES", 30, low=1, high=720),
            session_hours=number(environ, "SESSION_HOURS", 12, low=1, high=24),
            fresh_minutes=number(environ, "FRESH_MINUTES", 10, low=1, high=60),
            bulk_reading=number(environ, "BULK_READING", 5, low=1, high=30),
            list_max_bytes=number(environ, "LIST_MAX_BYTES", 20_000_000, low=10_000, high=200_000_000),
            list_max_rows=number(environ, "LIST_MAX_ROWS", 100_000, low=1, high=5_000_000),
            list_undo_hours=number(environ, "LIST_UNDO_HOURS", 24, low=1, high=720),
            list_kept_days=number(environ, "LIST_KEPT_DAYS", 7, low=1, high=90),
        )


@dataclass(frozen=True)
class WeChatSettings:
    """The mini-program's account at WeChat, for one reminder that a court has answered; off while any is unset."""

    # WECHAT_APP_ID: the mini-program's AppID; unset means that no reminder is offered.
    app_id: str
    # WECHAT_APP_SECRET: its AppSecret; it goes to WECHAT_API_URL only.
    secret: str = field(repr=False)
    # WECHAT_TEMPLATE_ID: id of the one-off subscribe message (一次性订阅消息) that was chosen in the console.
    template_id: str
    # WECHAT_TEMPLATE_FIELDS: the template's fields and their fixed words, name=words, parted by semicolons.
    template_fields: tuple[tuple[str, str], ...]
    # WECHAT_API_URL: where WeChat's server interface is.
    api_url: str
    # WECHAT_TRY_DAYS: days after a decision in which its reminder is tried; then it is forgotten unsent.
    try_days: int

    @property
    def on(self) -> bool:
        """Whether reminders are offered and sent."""
        return bool(self.app_id)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> WeChatSettings:
        """Read them.

        Raises:
            OperatorError: only some of the account's three are set, or a field or the address makes no sense.
        """
        app_id, secret = environ.get("WECHAT_APP_ID", ""), environ.get("WECHAT_APP_SECRET", "")
        template_id = environ.get("WECHAT_TEMPLATE_ID", "")
        if len({bool(text) for text in (app_id, secret, template_id)}) > 1:
            raise OperatorError("Set WECHAT_APP_ID, WECHAT_APP_SECRET and WECHAT_TEMPLATE_ID, or none of them.")
        return cls(
            app_id=app_id,
            secret=secret,
            template_id=template_id,
            template_fields=template_fields(environ.get("WECHAT_TEMPLATE_FIELDS") or _TEMPLATE_FIELDS),
            api_url=https_url(environ, "WECHAT_API_URL", "https://api.weixin.qq.com"),
            try_days=number(environ, "WECHAT_TRY_DAYS", 7, low=1, high=60),
        )


@dataclass(frozen=True)
class Settings:
    """The settings of one process; `from_environment` is the only place that reads the environment."""

    # DATABASE_URL: postgresql://…; unset means the embedded cluster under `var/`.
    database_url: str | None
    # HOST: the address to listen on.
    host: str
    # PORT: the port to listen on.
    port: int
    # DEMO_LISTINGS: how many fictional listings `make demo` fills in when the database holds none.
    demo_listings: int
    # HOME_AREA: code of the area where the map opens.
    home_area: str
    # IDENTITY_KEY: 64 hex digits that key the hashes of identifiers; unset means a key made under `var/`.
    identity_key: str | None
    # STATEMENT_TIMEOUT_MS: a public read that takes longer is cancelled and answered with 503.
    statement_timeout_ms: int
    # POOL_SIZE: connections one process keeps for the transactions of each database role; who finds none free gets 503.
    pool_size: int
    # CHANGES_KEPT_DAYS: for how long the change feed keeps its entries; who reads less often must begin anew.
    changes_kept_days: int
    # MAP_TILES_URL: raster tiles under the web map, e.g. https://host/{z}/{x}/{y}.png, WGS 84; several, parted by
    # spaces, lie over one another; empty means outlines only.
    map_tiles_url: str
    # MAP_TILES_ATTRIBUTION: the line the tile provider asks to be shown.
    map_tiles_attribution: str
    # SOURCE_URL: where the source of what runs here can be had; shown to residents; empty means not said.
    source_url: str
    # VAR_DIR: where the embedded cluster's pointer, the keys, downloads and the built pages lie.
    var_dir: Path
    # BODY_SECONDS: for so long what is sent with a request may bring nothing; then it must keep up with the next.
    body_seconds: int
    # BODY_BYTES_A_SECOND: whoever sends more slowly than this is cut off with 408.
    body_bytes_a_second: int
    # BODIES_MAX_BYTES: most memory for all that is sent at one time; beyond it the largest is refused with 503.
    bodies_max_bytes: int
    # BODIES_AT_ONCE: how many bodies may be on their way; granian needs more threads than these.
    bodies_at_once: int
    # WORKING_AT_ONCE: how many requests one process works on at one time, each with a connection to the database.
    working_at_once: int
    limits: Limits
    filings: Filings
    desk: Desk
    wechat: WeChatSettings

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment.

        Raises:
            OperatorError: a number is not a number, DATABASE_URL is not a PostgreSQL address, or the limits are wrong.
        """
        host = environ.get("HOST") or "127.0.0.1"
        var_dir = Path(environ.get("VAR_DIR") or ROOT / "var")
        return cls(
            database_url=database_url(environ.get("DATABASE_URL", "")),
            host=host,
            port=number(environ, "PORT", DEFAULT_PORT, low=1, high=65535),
            demo_listings=number(environ, "DEMO_LISTINGS", 20_000, low=0, high=5_000_000),
            home_area=environ.get("HOME_AREA") or "130108",
            identity_key=environ.get("IDENTITY_KEY") or None,
            statement_timeout_ms=number(environ, "STATEMENT_TIMEOUT_MS", 3000, low=50, high=600_000),
            pool_size=number(environ, "POOL_SIZE", 16, low=2, high=1000),
            changes_kept_days=number(environ, "CHANGES_KEPT_DAYS", 90, low=1, high=3650),
            map_tiles_url=environ.get("MAP_TILES_URL", ""),
            map_tiles_attribution=environ.get("MAP_TILES_ATTRIBUTION", ""),
            source_url=https_url(environ, "SOURCE_URL", ""),
            var_dir=var_dir,
            body_seconds=number(environ, "BODY_SECONDS", 10, low=1, high=300),
            body_bytes_a_second=number(environ, "BODY_BYTES_A_SECOND", 4096, low=1, high=1_000_000),
            bodies_max_bytes=number(environ, "BODIES_MAX_BYTES", 32_000_000, low=1_000_000, high=10_000_000_000),
            bodies_at_once=number(environ, "BODIES_AT_ONCE", 400, low=1, high=10_000),
            working_at_once=number(environ, "WORKING_AT_ONCE", 4, low=1, high=1000),
            limits=Limits.from_environment(environ, host),
            filings=Filings.from_environment(environ, var_dir),
            desk=Desk.from_environment(environ),
            wechat=WeChatSettings.from_environment(environ),
        )
