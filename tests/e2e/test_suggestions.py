"""What is suggested while typing: areas, courts and organisations, never people."""

from __future__ import annotations

import re
import urllib.parse
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site
from tests.e2e.every_page import api


def type_name(page: Page, name: str) -> list[str]:
    """The paths asked of entities until suggestions have come."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/v1/entities?" in one.url else None)
    page.goto("/entities/search")
    with page.expect_response(re.compile(r"/v1/entities\?")):
        page.get_by_role("textbox").press_sequentially(name)
    page.wait_for_timeout(300)
    return [urllib.parse.urlsplit(url).path + "?" + urllib.parse.urlsplit(url).query for url in asked]


def of_kind(items: list[dict[str, Any]], *, person: bool) -> list[str]:
    return [item["name"] for item in items if (item["kind"] == "person") is person]


def test_people_are_never_suggested_and_organisations_are(page: Page, site: Site) -> None:
    person = api(site, "/v1/entities?kind=person&limit=1")["items"][0]
    asked = type_name(page, person["name"])
    assert asked
    suggested = page.get_by_role("main").locator("a")
    assert not [one for one in suggested.all() if person["id"] in (one.get_attribute("href") or "")]
    for path in asked:
        assert of_kind(api(site, path)["items"], person=True) == [], path
        # the control: the same question without the kinds it names would bring that very person
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query))
        kinds = query.pop("kind", None)
        assert kinds
        anybody = api(site, f"/v1/entities?{urllib.parse.urlencode(query)}")["items"]
        assert person["name"] in of_kind(anybody, person=True)
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(f"a[href*='{person['id']}']").first).to_be_visible()


def test_an_organisation_is_suggested_by_its_name(page: Page, site: Site) -> None:
    company = api(site, "/v1/entities?kind=company&limit=1")["items"][0]
    type_name(page, company["name"])
    expect(page.get_by_role("link", name=re.compile(re.escape(company["name"]))).first).to_be_visible()
