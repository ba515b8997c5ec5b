"""The worker that holds keys, in the browser: what it opens, what it refuses, and that no key leaves it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from backend.core.sealing.claims import unbox_award
from backend.core.sealing.conversations import unbox_from_court
from backend.core.sealing.envelopes import KeyPair, seal, unseal
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, Wanted, check_statement
from backend.core.sealing.wire import to_bytes, to_text
from backend.core.sealing.wraps import join_shares, split_secret, unwrap_secret
from backend.courts.keeping import Root
from backend.courts.keys import certify, fingerprint
from tests.data.protocol_parties import COURT, COURT_PAIR, KEYS, OTHER_PAIR, REWARD_PAIR, secret_of
from tests.e2e.console_filing import KEY_ID, PHRASE, SIGNING, SealedTip, court_statements, keyfile
from tests.e2e.console_site import ConsoleSite, open_page
from tests.e2e.console_vault import JPEG, NOT_AFTER, call, holder, lend, start

# Longer than a busy machine takes between two touches.
IDLE_SECONDS = 3


@pytest.fixture(scope="module")
def office(browser: Browser, vault_site: ConsoleSite) -> Iterator[Page]:
    """One document for all tests: stretching a phrase takes a while."""
    page = open_page(browser.new_page(), vault_site)
    start(page)
    yield page
    page.close()


@pytest.fixture
def page(office: Page, vault_site: ConsoleSite) -> Iterator[Page]:
    if not call(office, "state")["open"]:
        call(office, "unlock", keyfile(), PHRASE)
    yield office
    assert vault_site.reports == []


def test_an_officer_opens_a_tip_with_its_photos_and_words(page: Page, vault_site: ConsoleSite) -> None:
    opened = call(page, "open", lend(vault_site, "tip", SealedTip(photos=(JPEG,)).lent()))
    assert opened["text"] == "车在院里"
    assert (opened["number"], opened["kind"], opened["more"]) == (37, "vehicle", {"place": "虚构路"})
    assert opened["words"] == [
        {"n": 1, "text": "第 1 句"},
        {"part": "i/2", "refused": "misdirected"},
        {"n": 3, "text": "第 3 句"},
    ]
    assert opened["answers"] == [{"n": 1, "text": "请补充"}]
    assert opened["surveys"]["words"] == {"missing": [2], "repeated": []}
    shown = page.evaluate("async (handle) => [...await vault.photo(handle, 1)]", opened["handle"])
    assert bytes(shown) == JPEG


def test_a_tip_opens_without_its_row_layer_but_takes_no_row_key_from_a_page(page: Page) -> None:
    assert call(page, "open", {"lent": SealedTip().lent(row=False)})["text"] == "车在院里"
    assert call(page, "open", {"lent": SealedTip().lent()})["refused"] == "malformed"


@pytest.mark.parametrize("field", ["id", "court", "target", "key_id"])
def test_a_tip_moved_to_another_place_does_not_open(page: Page, vault_site: ConsoleSite, field: str) -> None:
    moved = SealedTip().lent()
    moved["filing"][field] = 1 if field == "key_id" else COURT[:-2] + "ff"
    refused = call(page, "open", lend(vault_site, "moved", moved))["refused"]
    assert refused in ("cannot-open", "misdirected", "not-a-reader")


def test_what_the_server_refuses_is_told_with_its_status(page: Page) -> None:
    refused = call(page, "open", {"request": {"path": "/court/lent/nothing"}})
    assert refused == {"refused": "answered", "status": 404}
    assert call(page, "open", {"request": {"path": "/v1/tips"}})["refused"] == "malformed"


def test_the_informant_opens_an_answer(page: Page, vault_site: ConsoleSite) -> None:
    opened = call(page, "open", lend(vault_site, "tip", SealedTip().lent()))
    answer = call(page, "answer", opened, "谢谢")
    message = unbox_from_court(to_bytes(answer["data"]), COURT_PAIR.public, KEYS.reply.secret)
    assert (answer["part"], answer["key_id"], message.n, message.text) == ("c/2", KEY_ID, 2, "谢谢")


def test_an_award_goes_to_the_key_that_the_root_vouches_for(page: Page, vault_site: ConsoleSite) -> None:
    handle = call(page, "open", lend(vault_site, "tip", SealedTip().lent()))["handle"]
    award = call(page, "award", handle, 2, court_statements())
    opened = unbox_award(to_bytes(award["data"]), COURT_PAIR.public, REWARD_PAIR.secret)
    assert (opened.number, opened.rank, opened.claim_tag) == (37, 2, KEYS.claim_tag)
    assert call(page, "award", handle, 2, court_statements(expired=True))["refused"] == "untrusted-key"
    false = court_statements()
    false[-1]["key"] = to_text(OTHER_PAIR.public)
    assert call(page, "award", handle, 2, false)["refused"] == "untrusted-key"


def test_a_reward_officer_learns_who_claims(page: Page, vault_site: ConsoleSite) -> None:
    claimant = {"name": "甄示范", "id": "99010119900101001X", "account": "0001"}
    opened = call(page, "openClaim", lend(vault_site, "claim", SealedTip().claimed()))
    assert opened == {"tip": 37, "rank": 1, "claimant": claimant}
    refused = call(page, "openClaim", lend(vault_site, "false", SealedTip().claimed(proof=bytes(32))))
    assert refused["refused"] == "misdirected"


def test_a_wrong_phrase_or_anothers_keyfile_opens_nothing(page: Page) -> None:
    assert call(page, "unlock", keyfile(), "bafod gikul hanuk")["refused"] == "cannot-open"
    swapped = keyfile() | {"public_key": to_text(OTHER_PAIR.public)}
    assert call(page, "unlock", swapped, PHRASE)["refused"] == "misdirected"
    assert call(page, "unlock", keyfile(), f"  {PHRASE.upper()}　")["held"]


def test_locked_nothing_opens(page: Page, vault_site: ConsoleSite) -> None:
    source = lend(vault_site, "tip", SealedTip().lent())
    opened = call(page, "open", source)
    call(page, "lock")
    assert call(page, "open", source)["refused"] == "locked"
    assert call(page, "answer", opened, "x")["refused"] in ("locked", "unknown")
    assert call(page, "grant", {"roles": ["clerk"], "public_key": ""})["refused"] == "locked"
    assert call(page, "state") == {"open": False, "held": []}


def test_keys_are_gone_after_idling_and_stay_while_somebody_types(browser: Browser, vault_site: ConsoleSite) -> None:
    page = open_page(browser.new_page(), vault_site)
    start(page, idle_seconds=IDLE_SECONDS)
    page.evaluate("vault.addEventListener('lock', ({ detail }) => { globalThis.why = detail })")
    until_past_idling = time.monotonic() + IDLE_SECONDS + 1
    while time.monotonic() < until_past_idling:
        page.wait_for_timeout(200)
        call(page, "touch")
    assert call(page, "state")["open"]
    page.wait_for_function("() => globalThis.why")
    assert page.evaluate("why") == "idle"
    assert call(page, "state") == {"open": False, "held": []}
    page.close()


def test_without_its_worker_a_vault_says_so(browser: Browser, vault_site: ConsoleSite) -> None:
    page = browser.new_page()
    page.route("**/worker.*", lambda route: route.abort())
    open_page(page, vault_site)
    page.evaluate("() => { globalThis.vault = new m.vault.Vault({ idleSeconds: 600 }) }")
    assert call(page, "state")["refused"] == "unreachable"
    assert call(page, "unlock", keyfile(), PHRASE)["refused"] == "unreachable"
    page.close()


def test_an_officers_new_key_is_kept_as_the_command_line_keeps_it(page: Page) -> None:
    made = call(page, "makeOfficerKey")
    assert len(made["phrase"].split()) == 6
    secret = unwrap_secret(to_bytes(made["wrapped"]), made["phrase"])
    assert KeyPair.of(secret).public == to_bytes(made["public_key"])
    assert made["fingerprint"] == fingerprint(to_bytes(made["public_key"]))


def test_a_rotation_makes_a_stated_key_sealed_to_its_holders(page: Page) -> None:
    holders = [holder(None, OTHER_PAIR), holder(COURT, REWARD_PAIR)]
    term = {"court": COURT, "number": 3, "not_after": NOT_AFTER}
    made = call(page, "makeCourtKey", {**term, "use": "box", "holders": holders})
    statement = Statement.from_json(made["statement"])
    key = check_statement(statement, verify_key_of(SIGNING), Wanted(COURT, "box", 3), datetime.now(UTC))
    for pair, sealed in zip((OTHER_PAIR, REWARD_PAIR), made["sealed"], strict=True):
        assert KeyPair.of(unseal(to_bytes(sealed["sealed"]), pair)).public == key
    assert call(page, "makeCourtKey", {**term, "use": "box", "holders": holders[1:]})["refused"] == "malformed"
    assert call(page, "makeCourtKey", {**term, "use": "sign", "holders": holders})["refused"] == "malformed"
    strange = [holders[0], {**holders[1], "public_key": to_text(COURT_PAIR.public)}]
    assert call(page, "makeCourtKey", {**term, "use": "box", "holders": strange})["refused"] == "misdirected"
    server = call(page, "certifyServer", {**term, "key": to_text(bytes(32))})
    check_statement(
        Statement.from_json(server), verify_key_of(SIGNING), Wanted(COURT, "cert"), datetime.now(UTC) + timedelta(1)
    )


def test_a_signing_key_needs_the_root_whose_word_counts(page: Page) -> None:
    script = """async ([wanted, root]) => {
      try { return await vault.makeSigningKey({ ...wanted, root: new Blob([root]) }) }
      catch (error) { return error.reason }
    }"""
    holders = [holder(None, OTHER_PAIR)]
    wanted = {"court": COURT, "number": 2, "not_after": NOT_AFTER, "holders": holders}
    made = page.evaluate(script, [wanted, to_text(secret_of("root")) + "\n"])
    root = verify_key_of(secret_of("root"))
    key = check_statement(Statement.from_json(made["statement"]), root, Wanted(COURT, "sign"), datetime.now(UTC))
    assert verify_key_of(unseal(to_bytes(made["sealed"][0]["sealed"]), OTHER_PAIR)) == key
    assert page.evaluate(script, [wanted, to_text(secret_of("stranger"))]) == "untrusted-key"


def test_a_signing_key_may_wait_for_the_root_elsewhere(page: Page) -> None:
    term = {"court": COURT, "number": 2, "not_after": NOT_AFTER}
    made = call(page, "requestSigningKey", {**term, "holders": [holder(None, OTHER_PAIR)]})
    assert made["statement"] | {"key": ""} == {**term, "use": "sign", "key": "", "signature": ""}
    seed = unseal(to_bytes(made["sealed"][0]["sealed"]), OTHER_PAIR)
    signed = certify(made["statement"], Root(verify_key_of(secret_of("root")), secret_of("root")))
    assert verify_key_of(seed) == signed.key
    check_statement(signed, verify_key_of(secret_of("root")), Wanted(COURT, "sign", 2), datetime.now(UTC))
    strange = {**holder(None, OTHER_PAIR), "fingerprint": fingerprint(COURT_PAIR.public)}
    assert call(page, "requestSigningKey", {**term, "holders": [strange]})["refused"] == "misdirected"


def test_keys_are_granted_by_role_and_only_to_a_compared_fingerprint(page: Page) -> None:
    newcomer = {"officer": "n", "roles": ["clerk"], "public_key": to_text(OTHER_PAIR.public)}
    granted = call(page, "grant", {**newcomer, "fingerprint": fingerprint(OTHER_PAIR.public)})
    assert [(one["use"], one["number"]) for one in granted] == [("box", KEY_ID)]
    assert unseal(to_bytes(granted[0]["sealed"]), OTHER_PAIR) == COURT_PAIR.secret
    assert call(page, "grant", {**newcomer, "fingerprint": fingerprint(COURT_PAIR.public)})["refused"] == "misdirected"


def test_two_sheets_bring_the_keys_back(page: Page) -> None:
    made = call(page, "makeRecovery")
    first, second = map(to_bytes, made["sheets"])
    secret = join_shares(first, second, to_bytes(made["public_key"]))
    assert KeyPair.of(secret).public == to_bytes(made["public_key"])
    script = """async ([asked, sheets]) => {
      try { return await vault.recover({ ...asked, sheets: sheets.map((one) => new Blob([one])) }) }
      catch (error) { return error.reason }
    }"""
    held = [{"use": "box", "number": 1, "sealed": to_text(seal(COURT_PAIR.secret, to_bytes(made["public_key"])))}]
    officer = {"officer": "n", "roles": ["approver"], "public_key": to_text(OTHER_PAIR.public)}
    asked = {**officer, "fingerprint": fingerprint(OTHER_PAIR.public), "recovery_key": made["public_key"]}
    granted = page.evaluate(script, [{**asked, "secrets": held}, made["sheets"]])
    assert unseal(to_bytes(granted[0]["sealed"]), OTHER_PAIR) == COURT_PAIR.secret
    wrong = [made["sheets"][0], to_text(split_secret(secret)[1])]
    assert page.evaluate(script, [{**asked, "secrets": held}, wrong]) == "cannot-open"
