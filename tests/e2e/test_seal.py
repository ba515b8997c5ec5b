"""The phone's side of the sealing protocol in a browser, with the browser's own randomness."""

from __future__ import annotations

import subprocess

from playwright.sync_api import Browser

from backend.config import ROOT
from backend.core.sealing.letters import Address, unseal_letter
from backend.core.sealing.photos import open_photo
from backend.core.sealing.receipts import ReceiptKeys, parse_receipt
from backend.core.sealing.wire import to_bytes, to_text
from tests.data.protocol_parties import COURT_PAIR

MODULES = ("bytes", "filing", "random", "receipt", "receipt-keys")
FILE = """async (courtKey) => {
  const random = await seal.gatherRandom(seal.FILING_BYTES)
  const receipt = seal.drawReceipt(random)
  const draft = { address: { court: 'court', target: 'target', key: 1 }, kind: 'other', text: '车'.repeat(1000) }
  const jpeg = seal.toUtf8('jpeg')
  const filing = seal.makeFiling(draft, [jpeg], seal.deriveKeys(receipt), seal.toBytes(courtKey), random)
  return [seal.formatReceipt(receipt), seal.toText(filing.sealed), ...filing.photos.map(seal.toText)]
}"""


def bundle() -> str:
    program = ROOT / "miniprogram"
    contents = "\n".join(f"export * from './pages/filings/seal/{name}'" for name in MODULES)
    command = ["node_modules/.bin/esbuild", "--bundle", "--format=iife", "--global-name=seal", "--target=es2020"]
    return subprocess.run(command, input=contents, capture_output=True, text=True, cwd=program, check=True).stdout


def test_the_court_opens_what_a_browser_sealed(browser: Browser) -> None:
    page = browser.new_page()
    page.add_script_tag(content=bundle())
    written, sealed, blob = page.evaluate(FILE, to_text(COURT_PAIR.public))
    page.close()
    letter = unseal_letter(to_bytes(sealed), COURT_PAIR, Address("court", "target", 1))
    assert letter.text == "车" * 1000
    assert letter.answering.reply == ReceiptKeys.of(parse_receipt(written)).reply.public
    assert open_photo(to_bytes(blob), letter.photos[0]) == b"jpeg"
