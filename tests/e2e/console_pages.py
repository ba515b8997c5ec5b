"""Every page of the console, found from the application's own routes, with an address that shows something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask

from tests.e2e.hostile_court import HostileCourt

# What answers with something other than a page.
NO_PAGES = frozenset(
    {
        "account.show_totp_picture", "audit_desk.export", "claims_desk.show_standing", "claims_desk.show_token",
        "console_assets.asset", "keys_desk.show_token", "keys_making.save_request", "lists_desk.show_quarantine",
        "objections_desk.show_standing",
        "objections_desk.show_token", "tips_desk.show_standing", "tips_desk.show_token",
    }
)  # fmt: skip
# Pages of tables that come as files, too; the trail's have an address of their own.
CSV = "?csv=1"


def pages_of(app: Flask) -> set[str]:
    """The views under /court that a browser can open."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/court/")]
    return {rule.endpoint for rule in rules if "GET" in (rule.methods or ())} - NO_PAGES


def addresses(court: HostileCourt) -> Mapping[str, Sequence[str]]:
    """For every page the addresses that are looked at, with all that the court's officers wrote."""
    return {**_of_lists(court), **_of_rewards(court.ids), **_of_settings(court)}


def _of_lists(court: HostileCourt) -> Mapping[str, Sequence[str]]:
    ids = court.ids
    listing, moved = ids["listings"][0], ids["moved"]
    [event] = court.world.rows("SELECT max(id) AS id FROM register.listing_event WHERE listing_id = %s", moved[0])
    at = f"/listings/{listing}"
    return {
        "console.show_today": ["/", "/?court=1"],
        "console.show_block": [
            f"/duties/{block}?court=1" for block in ("due", "overdue", "new", "undated", "back", "waiting")
        ],
        "console.list_approvals": [f"/approvals?whose={part}" for part in ("all", "asked", "back", "decided")],
        "console.show_approval": [ids["asked_list"], *ids["asked"], *ids["decided"]],
        "console.print_approval": [f"{one}/print" for one in ids["decided"][:3]],
        "lists_desk.show_lists": ["/lists/"],
        "lists_desk.show": [*(f"{ids['list']}?page={page}" for page in (1, 2, 3)), ids["refused_list"]],
        "listings_desk.show_list": [f"/listings/?page={page}" for page in (1, 2, 3, 4)],
        "listings_desk.show": [at, *(f"/listings/{one}" for one in (*moved, *ids["listings"][-8:]))],
        "listings_desk.show_paper": [f"/listings/{moved[0]}/papers/{event['id']}"],
        "listings_desk.show_move": [f"{at}/steps/delete", f"{at}/steps/suspend"],
        "listings_desk.show_withdrawal": [f"/listings/{ids['listings'][30]}/withdrawal"],
        "listings_desk.correction": [f"{at}/correction", *(f"{at}/correction?field={one}" for one in ("duty", "sex"))],
        "listings_desk.found_cause": [f"{at}/cause"],
        "listings_desk.early_deletion": [f"{at}/early-deletion"],
        "listings_desk.term": [f"/listings/{ids['without_term']}/term"],
        "listings_desk.person": [f"{at}/person"],
        "listings_desk.show_several": [f"/listings/several?listing={listing}&listing={ids['listings'][1]}"],
        "objections_desk.show_list": ["/objections/"],
        "objections_desk.show_paper": [f"/objections/{ids['objections'][-1]}/print"],
        "objections_desk.show_asking": [f"/objections/{ids['objections'][-1]}/review"],
        "objections_desk.list_reviews": ["/objections/reviews"],
        "objections_desk.show_review": [f"/objections/reviews/{ids['review']}"],
        "objections_desk.print_review": [f"/objections/reviews/{ids['review']}/print"],
    }


def _of_rewards(ids: Mapping[str, Any]) -> Mapping[str, Sequence[str]]:
    return {
        "notices_desk.show_list": ["/notices/"],
        "notices_desk.show_draft": ["/notices/new", f"/notices/new?listing={ids['listings'][40]}"],
        "notices_desk.show": [f"/notices/{one}" for one in ids["notices"]],
        "notices_desk.print_notice": [f"/notices/{one}/print" for one in ids["notices"]],
        "tips_desk.show_inbox": ["/tips/"],
        "tips_desk.print_result": [f"/tips/{ids['tips'][0]}/print"],
        "claims_desk.show_list": ["/claims/"],
        "claims_desk.print_result": [f"/claims/{ids['claim']}/print"],
    }


def _of_settings(court: HostileCourt) -> Mapping[str, Sequence[str]]:
    [officer] = court.world.rows("SELECT id FROM register.officer WHERE login = 'o.3'")
    [keyed] = court.world.rows("SELECT id FROM register.officer WHERE login = 'lin'")
    return {
        "settings.show": ["/settings/"],
        "settings.show_profile": ["/settings/profile"],
        "settings.show_go_live": ["/settings/go-live"],
        "officers_desk.list_officers": [f"/settings/officers/?page={page}" for page in (1, 2, 3)],
        "officers_desk.show_officer": [f"/settings/officers/{officer['id']}"],
        "keys_desk.show_own": ["/settings/keys/own"],
        "keys_desk.show": ["/settings/keys/"],
        "keys_desk.print_keys": ["/settings/keys/print"],
        "keys_desk.show_withdraw": [f"/settings/keys/{keyed['id']}/withdraw"],
        "audit_desk.show": ["/settings/audit/", "/settings/audit/?page=2"],
        "audit_desk.show_check": [court.ids["trail_check"]],
        "statistics_desk.show": ["/settings/statistics/"],
        "account.show": ["/account/"],
        "account.show_password": ["/account/password"],
        "account.show_second_factor": ["/account/second-factor"],
        "account.show_totp": ["/account/totp"],
        "sign_in.show": ["/sign-in"],
        "sign_in.prove": ["/prove"],
    }


def signing(court: HostileCourt) -> Mapping[str, str]:
    """Pages that look otherwise to whoever signs second."""
    ids = court.ids
    return {
        "what waits": "/approvals?whose=sign",
        "the block": "/duties/sign?court=1",
        "a request": ids["asked"][0],
        "a list that is unread": ids["asked_list"],
    }


def states(court: HostileCourt) -> Mapping[str, str]:
    """Further states of pages, and refusals: empty, decided, refused, chosen, absent."""
    ids = court.ids
    at = f"/listings/{ids['listings'][0]}"
    return {
        "nothing found": "/listings/?q=nobody",
        "an empty inbox": "/tips/?state=useful&age=late",
        "no such claims": "/claims/?state=refused",
        "no such notices": "/notices/?state=paid",
        "nobody found": "/settings/officers/?find=nobody",
        "what was sent back": "/duties/back?court=1",
        "all that was decided": "/approvals?whose=decided",
        "sent back": ids["decided"][0],
        "a list that is none": ids["refused_list"],
        "a listing with a past": f"/listings/{ids['moved'][0]}",
        "a listing that has ended": f"/listings/{ids['gone']}",
        "a field of codes": f"{at}/correction?field=sex",
        "a field of text": f"{at}/correction?field=duty",
        "a draft for a listing": f"/notices/new?listing={ids['listings'][40]}",
        "a proof": "/prove",
        "nothing there": "/listings/00000000-0000-0000-0000-000000000000",
    }


def tables(where: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The addresses of the tables' files, by view."""
    views = (
        "console.show_block", "console.list_approvals", "lists_desk.show_lists", "lists_desk.show",
        "listings_desk.show_list", "listings_desk.show", "notices_desk.show",
        "objections_desk.show_list", "notices_desk.show_list", "tips_desk.show_inbox", "claims_desk.show_list",
        "officers_desk.list_officers", "statistics_desk.show",
    )  # fmt: skip
    return {view: where[view][0].partition("?")[0] + CSV for view in views}


def first_of(where: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """One address for each page."""
    return {view: paths[0] for view, paths in where.items()}
