"""Every message between page and worker, heard: none holds a key, and a worker that leaks one is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from backend.core.sealing.wire import to_text
from backend.courts.keys import fingerprint
from tests.data.protocol_parties import COURT, OTHER_PAIR
from tests.e2e.console_filing import SealedTip, court_statements
from tests.e2e.console_site import ConsoleSite, build_console, open_page, serving
from tests.e2e.console_vault import JPEG, NOT_AFTER, call, holder, lend, start
from tests.e2e.worker_messages import HOOK, found_in, leak


def work_a_day(page: Page, site: ConsoleSite, tip: SealedTip) -> str:
    """Everything that crossed between page and worker while an officer did all there is to do."""
    handle = call(page, "open", lend(site, "tip", tip.lent()))["handle"]
    call(page, "open", {"lent": tip.lent(row=False)})
    page.evaluate("async (handle) => { await vault.photo(handle, 1) }", handle)
    call(page, "answer", handle, 2, "谢谢")
    call(page, "award", handle, 1, court_statements())
    call(page, "openClaim", lend(site, "claim", tip.claimed()))
    holders = [holder(None, OTHER_PAIR)]
    call(page, "makeCourtKey", {"court": COURT, "number": 3, "not_after": NOT_AFTER, "use": "box", "holders": holders})
    call(page, "grant", {"officer": "n", "roles": ["clerk", "keeper"], "public_key": to_text(OTHER_PAIR.public)} | {
        "fingerprint": fingerprint(OTHER_PAIR.public)
    })  # fmt: skip
    call(page, "open", {"lent": {"filing": {}, "parts": 7}})
    call(page, "lock")
    return "\n".join(page.evaluate("crossed"))


def hooked(browser: Browser, site: ConsoleSite) -> Page:
    page = browser.new_page()
    page.add_init_script(HOOK)
    open_page(page, site)
    start(page)
    return page


def test_no_key_crosses_between_worker_and_page(browser: Browser, vault_site: ConsoleSite) -> None:
    page, tip = hooked(browser, vault_site), SealedTip(photos=(JPEG,))
    crossed = work_a_day(page, vault_site, tip)
    page.close()
    # the hook hears: what was asked, what was told, and photos as bytes
    assert all(one in crossed for one in ("unlock", "车在院里", "甄示范", JPEG.hex(), '"locked":"asked"'))
    assert found_in(crossed, tip.secrets()) == []


LEAKS = {
    "a row key beside the text": ("reading.js", "kind: letter.kind,", "kind: letter.kind, told: lent.row_key,"),
    "the court's secret as bytes": (
        "reading.js", "number: lent.filing.number,",
        "number: lent.filing.number, told: { deep: [this.#keyring.secret('box', key_id)] },",
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", LEAKS)
def test_a_worker_that_leaks_is_found(browser: Browser, tmp_path: Path, which: str) -> None:
    with serving(build_console(tmp_path, leak(*LEAKS[which]))) as site:
        page, tip = hooked(browser, site), SealedTip(photos=(JPEG,))
        crossed = work_a_day(page, site, tip)
        page.close()
    assert found_in(crossed, tip.secrets())
