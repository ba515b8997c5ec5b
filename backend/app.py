"""The one place that mounts features."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from backend.cli import register_commands
from backend.config import Settings
from backend.core.access import refuse_undeclared
from backend.core.approvals import register_steps
from backend.core.db import Database, database_url
from backend.core.desk_frame import Place, register_desk
from backend.core.docs import docs
from backend.core.filings.roles import HOLDERS
from backend.core.health import health, register_metrics
from backend.core.http import register_http
from backend.core.limits import limit_requests, register_limits
from backend.core.officers import WORKING
from backend.core.problems import Api, register_problems
from backend.site.routes import site
from backend.web import register_pages

API_DESCRIPTION = """\
Which people, companies and organisations courts list as judgment defaulters: by area, by name, and why.

Coordinates are longitude, latitude in WGS 84 unless `crs=gcj02`. Times are RFC 3339 in UTC. Nobody's home or
position is ever given: people are counted in a county, and only bodies with a registered address have a point.

Errors are `application/problem+json` (RFC 9457). A query or body that is bad, unknown, repeated or not UTF-8 is 422,
and `errors` says where; a bad path and an unknown, ended or suspended id are 404."""

# The console's bar, in order; each is shown to those who may enter.
DESK_PLACES = (
    Place("今天", "Today", "console.show_today"),
    Place("名单", "Lists", "lists_desk.show_lists", frozenset(WORKING)),
    Place("公示", "Listings", "listings_desk.show_list", frozenset(WORKING)),
    Place("纠正申请", "Objections", "objections_desk.show_list", frozenset(HOLDERS["box"])),
    Place("悬赏", "Notices", "notices_desk.show_list", frozenset({"clerk", "approver", "reward_officer"})),
    Place("线索", "Tips", "tips_desk.show_inbox", frozenset(HOLDERS["box"])),
    Place("领奖", "Claims", "claims_desk.show_list", frozenset({"reward_officer", "approver"})),
    Place("待我批准", "Approvals", "console.list_approvals", frozenset(WORKING)),
    Place("设置", "Settings", "settings.show"),
)


class App(Flask):
    """Flask, which asks of every view and hook at every request whether it is a coroutine: 4 % of an answer."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Settings | None = None, database: Database | None = None) -> Flask:
    """Build the application.

    Args:
        settings: read from the environment when None.
        database: opened from the settings when None, at the first request, so that commands can start without one.
    """
    settings = settings or Settings.from_environment()
    app = App(__name__, static_folder=None)
    app.url_map.merge_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config.update(
        API_TITLE="Court Listings Map",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/v1",
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"info": {"description": API_DESCRIPTION}},
        MAX_CONTENT_LENGTH=1_000_000,
    )
    app.extensions["settings"] = settings
    app.extensions["database"] = database or Database(
        lambda: database_url(settings), settings.statement_timeout_ms, settings.pool_size, settings.working_at_once
    )
    register_problems(app)
    register_limits(app, settings)
    register_metrics(app)
    register_http(app)
    _mount_features(app, settings)
    _mount_desk(app)
    register_commands(app)
    refuse_undeclared(app)
    return app


def _mount_features(app: Flask, settings: Settings) -> None:
    from backend.areas.routes import areas
    from backend.changes.routes import changes
    from backend.courts.routes import courts
    from backend.entities.routes import entities
    from backend.entities.self_check_routes import self_checks
    from backend.notices.routes import notices
    from backend.objections.routes import objections
    from backend.removals.routes import removals
    from backend.statistics.routes import statistics
    from backend.tips.routes import tips
    from backend.visitors.routes import visitors

    api = Api(app)
    limit_requests(app, visitors)
    blueprints = (
        site, areas, courts, entities, self_checks, objections, statistics, removals, changes, notices,
        tips, visitors,
    )  # fmt: skip
    for blueprint in blueprints:
        api.register_blueprint(blueprint)
    app.register_blueprint(docs)
    app.register_blueprint(health)
    register_pages(app, settings)


def _mount_desk(app: Flask) -> None:
    from backend.console.assets import asset_url, console_assets
    from backend.console.audit_console import audit_desk
    from backend.console.console import console
    from backend.courts.account_console import account
    from backend.courts.keys_console import keys_desk
    from backend.courts.keys_making_console import keys_making
    from backend.courts.officers_console import officers_desk
    from backend.courts.settings_console import court_settings
    from backend.courts.sign_in_console import sign_in
    from backend.listings import console_bulk, console_steps  # noqa: F401  # more views of its desk
    from backend.listings.console import listings_desk
    from backend.listings.console_lists import lists_desk
    from backend.notices.console import notices_desk
    from backend.objections import console_reviews  # noqa: F401  # more views of its desk
    from backend.objections.console import objections_desk
    from backend.statistics.console import statistics_desk
    from backend.tips import console_claim_holders  # noqa: F401  # another view of the claims' desk
    from backend.tips.console import tips_desk
    from backend.tips.console_claims import claims_desk

    register_desk(app, DESK_PLACES)
    _register_steps(app)
    app.jinja_env.globals.update(asset_url=asset_url)
    blueprints = (
        console, console_assets, sign_in, account, lists_desk, listings_desk, objections_desk, notices_desk, tips_desk,
        claims_desk, court_settings, officers_desk, keys_desk, keys_making, audit_desk, statistics_desk,
    )  # fmt: skip
    for blueprint in blueprints:
        app.register_blueprint(blueprint)


def _register_steps(app: Flask) -> None:
    """What a second officer can be asked to sign."""
    from backend.courts import officer_changes, opening
    from backend.listings.console_asking import STEPS as LISTING_STEPS
    from backend.listings.console_asking_lists import STEPS as LIST_STEPS
    from backend.notices.console_steps import STEPS as NOTICE_STEPS
    from backend.tips.claim_steps import STEPS as CLAIM_STEPS

    steps = (*LISTING_STEPS, *LIST_STEPS, *NOTICE_STEPS, *CLAIM_STEPS, *officer_changes.STEPS, *opening.STEPS)
    register_steps(app, steps)
