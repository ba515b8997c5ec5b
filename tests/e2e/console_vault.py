"""A vault in a page, as the tests call it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from backend.core.sealing.envelopes import KeyPair
from backend.core.sealing.wire import to_text
from backend.courts.keys import fingerprint
from tests.e2e.console_filing import PHRASE, keyfile
from tests.e2e.console_site import ConsoleSite

JPEG = b"\xff\xd8\xff a jpeg, for all the worker knows"
NOT_AFTER = "2031-01-01T00:00:00Z"


def start(page: Page, idle_seconds: float = 600) -> None:
    page.evaluate("(idleSeconds) => { globalThis.vault = new m.vault.Vault({ idleSeconds }) }", idle_seconds)
    call(page, "unlock", keyfile(), PHRASE)


def call(page: Page, name: str, *asked: Any) -> Any:
    """What the vault answers, or `{refused, status}`."""
    script = """async ([name, asked]) => {
      try { return await vault[name](...asked) }
      catch (error) { return { refused: error.reason, status: error.status } }
    }"""
    return page.evaluate(script, [name, list(asked)])


def holder(officer: str | None, pair: KeyPair) -> dict[str, Any]:
    """To whom a new key is sealed, with the fingerprint that was compared; None is recovery."""
    return {"officer": officer, "public_key": to_text(pair.public), "fingerprint": fingerprint(pair.public)}


def lend(site: ConsoleSite, name: str, lent: dict[str, Any]) -> dict[str, Any]:
    site.lent[name] = lent
    return {"request": {"path": f"/court/lent/{name}"}}
