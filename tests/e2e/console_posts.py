"""Pages of the console that a form's own answer is: they have no address, so that only sending the form shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Page, Response

from tests.data.payloads import packs, storable
from tests.e2e.hostile_court import HostileCourt

# These end the sign-in that the test goes on with.
_ENDING = frozenset({"sign_in.leave", "account.end_all_sessions"})
_SEND = """([path, form]) => {
  const sent = document.createElement('form')
  Object.assign(sent, { method: 'post', action: path, hidden: true })
  for (const [name, values] of Object.entries(form)) {
    for (const value of [values].flat()) {
      sent.append(Object.assign(document.createElement('textarea'), { name, value }))
    }
  }
  document.body.append(sent)
  HTMLFormElement.prototype.submit.call(sent)
}"""
NOBODY = "00000000-0000-0000-0000-000000000000"
_NOTHING = {"uuid": NOBODY, "int": "999999"}
_PLACE = re.compile(r"<(?:(\w+):)?\w+>")


@dataclass(frozen=True)
class Post:
    """A form, and the status of the page that answers it."""

    path: str
    status: int
    form: Mapping[str, Any] = field(default_factory=dict)


def posts(court: HostileCourt) -> dict[str, Post]:
    """One for each page that only a form shows, and for each kind of refusal; none of them changes a listing."""
    return {**_of_settings(court), **_of_signing_in(), **_of_listings(court.ids)}


def _of_settings(court: HostileCourt) -> dict[str, Post]:
    [officer] = court.world.rows("SELECT id FROM register.officer WHERE login = 'o.5'")
    [held] = court.world.rows("SELECT id FROM register.officer WHERE login = %s", court.all)
    return {
        "handed out": Post(f"/settings/officers/{officer['id']}/password", 200),
        "not handed out": Post(f"/settings/officers/{held['id']}/password", 409),
        "verified": Post("/settings/audit/verify", 200),
        "recovery codes": Post("/account/recovery-codes", 200),
        "passwords differ": Post("/account/password", 422, {"wanted": "one", "again": "another"}),
    }


def _of_signing_in() -> dict[str, Post]:
    [text, *_] = packs(2000)
    text = storable(text)
    return {
        "no such password": Post("/sign-in", 401, {"login": text[:32], "password": text, "next": f"/court/{text}"}),
        "no such code": Post("/prove", 401, {"code": text, "next": f"/court/{text}"}),
        "no such recovery code": Post("/prove/recovery-code", 401, {"code": text, "next": f"/court/{text}"}),
    }


def _of_listings(ids: Mapping[str, Any]) -> dict[str, Post]:
    listing, gone = ids["listings"][40], ids["gone"]
    [text, *_], [short, *_] = map(storable, packs(2000)), map(storable, packs(500))
    draft = {
        "listing": listing, "kind": short, "basis": short, "amount": short, "percent": short, "cap": short,
        "funder": short, "requested_on": short, "ends_on": short, "how_to_claim": text,
    }  # fmt: skip
    several = {"listing": [listing, gone], "action": "delete", "cause": "performed", "reason": text}
    return {
        "draft": Post("/notices/", 422, draft),
        "wrong field": Post(f"/listings/{listing}/correction", 422, {"field": short, "value": text, "cause": short}),
        "another count": Post("/listings/several", 422, several | {"count": "7"}),
        "not possible": Post("/listings/several", 409, several | {"count": "2"}),
        "unknown": Post(f"/approvals/{NOBODY}/approve", 404, {"count": short}),
        "from elsewhere": Post(f"/listings/{listing}/correction", 403, {"csrf": short}),
    }


def send(page: Page, path: str, form: Mapping[str, Any]) -> Response:
    """Send a form as a browser does, from the console's page that is shown, unless the form has another token."""
    token = page.locator("meta[name=csrf]")
    if not token.count():  # an answer to scripts is no page
        page.goto("/court/settings/")
    with page.expect_navigation(wait_until="load") as came:
        page.evaluate(_SEND, [f"/court{path}", {"csrf": token.get_attribute("content"), **form}])
    answer = came.value
    assert answer
    return answer


def strange_posts(app: Flask) -> Iterator[str]:
    """Every address of the console that takes a form, about nothing that there is, without /court."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/court/") and "POST" in (rule.methods or ()) and rule.endpoint not in _ENDING:
            yield _PLACE.sub(lambda place: _NOTHING.get(place[1], "x"), rule.rule).removeprefix("/court")
