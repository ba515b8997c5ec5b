"""Each protection refuses, and with it switched off the same attack succeeds."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.sealing import certificates, chains, conversations, labels, letters, receipts, rows, statements, wire
from backend.core.sealing.envelopes import (
    MAX_TEXT,
    SEALED_BYTES,
    KeyPair,
    box_object,
    seal,
    seal_object,
    unbox_object,
    unseal,
)
from backend.core.sealing.refusals import (
    BadCertificate,
    BrokenChain,
    CannotOpen,
    Malformed,
    Misdirected,
    MistypedReceipt,
    TooLong,
)
from backend.core.sealing.signatures import is_signed
from tests.data import protocol_vectors
from tests.data.protocol_parties import COURT_PAIR, KEYS, OTHER_PAIR, RECEIPT

VECTORS: dict[str, Any] = json.loads(protocol_vectors.FILE.read_text("utf-8"))
SEALED = wire.to_bytes(VECTORS["letter"]["sealed"])
ROW, ROW_KEY = wire.to_bytes(VECTORS["row"]["row"]), wire.to_bytes(VECTORS["row"]["key"])
PLACE = rows.Place(**VECTORS["row"]["place"])
CERTIFICATE = certificates.Certificate.from_json(VECTORS["certificate"]["good"])


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def letter(text: str) -> letters.Letter:
    answering = letters.Answering(KEYS.reply.public, KEYS.speak, KEYS.claim_tag)
    return letters.Letter(letters.Address("court", "target", 1), "other", text, answering)


def opens(row: bytes) -> bool:
    try:
        rows.unwrap_row(row, PLACE, ROW_KEY)
    except CannotOpen:
        return False
    return True


def test_every_flipped_bit_of_a_row_is_refused() -> None:
    assert opens(ROW)
    assert not any(opens(flipped(ROW, bit)) for bit in range(8 * len(ROW)))
    assert not opens(b"")


def test_every_flipped_bit_of_a_sealed_letter_is_refused() -> None:
    assert unseal(SEALED, COURT_PAIR)
    refused = 0
    for bit in range(8 * len(SEALED)):
        with pytest.raises(CannotOpen):
            unseal(flipped(SEALED, bit), COURT_PAIR)
        refused += 1
    assert refused == 8 * SEALED_BYTES


def test_every_flipped_bit_of_an_answer_is_refused() -> None:
    boxed = wire.to_bytes(VECTORS["messages"]["from_court"][0]["boxed"])
    assert unbox_object(boxed, COURT_PAIR.public, KEYS.reply.secret)
    for bit in range(8 * len(boxed)):
        with pytest.raises(CannotOpen):
            unbox_object(flipped(boxed, bit), COURT_PAIR.public, KEYS.reply.secret)


def test_every_flipped_bit_of_what_a_statement_is_signed_with_is_refused() -> None:
    top, last = map(statements.Statement.from_json, VECTORS["statements"]["good"])
    assert is_signed(last.signed_items(), last.signature, top.key)
    for bit in range(512):
        assert not is_signed(last.signed_items(), flipped(last.signature, bit), top.key)
    for bit in range(256):
        changed = replace(last, key=flipped(last.key, bit))
        assert not is_signed(changed.signed_items(), changed.signature, top.key)


def test_every_flipped_bit_of_a_certificate_is_refused() -> None:
    key = wire.to_bytes(VECTORS["certificate"]["server_key"])
    for bit in range(8 * len(CERTIFICATE.signature)):
        bad = replace(CERTIFICATE, signature=flipped(CERTIFICATE.signature, bit))
        with pytest.raises(BadCertificate):
            certificates.check_certificate(bad, key, CERTIFICATE.court, CERTIFICATE.env)
    for bit in range(256):
        env, head = flipped(CERTIFICATE.env, bit), flipped(CERTIFICATE.head, bit)
        for bad in (replace(CERTIFICATE, env=env), replace(CERTIFICATE, head=head)):
            assert not is_signed(bad.signed_items(), bad.signature, key)


@pytest.mark.parametrize("place", range(25))
def test_every_single_typo_in_a_receipt_is_found(place: int) -> None:
    text = receipts.format_receipt(RECEIPT).replace("-", "")
    for character in set(receipts.ALPHABET) - {text[place]}:
        with pytest.raises(MistypedReceipt):
            receipts.parse_receipt(text[:place] + character + text[place + 1 :])


def test_without_the_check_a_typo_is_another_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    text = receipts.format_receipt(RECEIPT)
    typo = ("0" if text[0] != "0" else "1") + text[1:]
    monkeypatch.setattr(receipts, "_check_value", lambda _: receipts.ALPHABET.index(text[-1]))
    assert receipts.parse_receipt(typo) != RECEIPT


@given(st.binary(min_size=15, max_size=15))
def test_receipts_are_read_as_they_are_written(receipt: bytes) -> None:
    assert receipts.parse_receipt(receipts.format_receipt(receipt)) == receipt


@given(st.binary(max_size=100))
def test_bytes_are_read_as_they_are_written(data: bytes) -> None:
    assert wire.to_bytes(wire.to_text(data)) == data


def test_bytes_have_one_spelling() -> None:
    for text in ("AB", "AA==", "A", "A+", "AA\n", "é"):
        with pytest.raises(Malformed):
            wire.to_bytes(text)


def test_texts_of_each_length_give_one_length() -> None:
    lengths = {len(letters.seal_letter(letter("车" * count), COURT_PAIR.public)) for count in range(MAX_TEXT + 1)}
    assert lengths == {SEALED_BYTES}


@given(st.text(max_size=MAX_TEXT, alphabet=st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs", "Cc"])))
def test_all_texts_give_one_length(text: str) -> None:
    assert len(letters.seal_letter(letter(text), COURT_PAIR.public)) == SEALED_BYTES


def test_without_padding_the_length_tells_the_text() -> None:
    texts = ["车" * count for count in range(MAX_TEXT + 1)]
    lengths = {len(seal(wire.canonical(letter(text).to_json()), COURT_PAIR.public)) for text in texts}
    assert len(lengths) == MAX_TEXT + 1


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(TooLong):
        letters.seal_letter(letter("x" * 1001), COURT_PAIR.public)
    with pytest.raises(TooLong):
        letters.seal_letter(letter("🚗" * 1000), COURT_PAIR.public)


def test_a_letter_says_each_thing_once_and_nothing_is_missing() -> None:
    with pytest.raises(Malformed):
        replace(letter(""), more={"text": "another"}).to_json()
    whole = letter("").to_json()
    for name in whole:
        with pytest.raises(Malformed):
            letters.Letter.from_json({key: value for key, value in whole.items() if key != name})


def test_the_courts_key_alone_opens_a_backup_without_the_row_layer() -> None:
    with pytest.raises(CannotOpen):
        unseal(ROW[1 + 24 :], COURT_PAIR)
    assert unseal(SEALED, COURT_PAIR)  # what a backup would hold if it were stored as it arrives


def test_without_its_place_in_the_seal_a_row_can_be_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = replace(PLACE, tip="another")
    with pytest.raises(CannotOpen):
        rows.unwrap_row(ROW, moved, ROW_KEY)
    monkeypatch.setattr(rows.Place, "associated_data", lambda _: b"")
    assert rows.unwrap_row(rows.wrap_row(SEALED, PLACE, ROW_KEY), moved, ROW_KEY) == SEALED


def test_places_cannot_run_into_one_another() -> None:
    one, other = rows.Place("a", 'b","c', 1, "d"), rows.Place('a","b', "c", 1, "d")
    assert one.associated_data() != other.associated_data()


def test_each_row_has_a_key_and_a_nonce_of_its_own() -> None:
    assert rows.new_row_key() != rows.new_row_key()
    assert rows.wrap_row(SEALED, PLACE, ROW_KEY) != rows.wrap_row(SEALED, PLACE, ROW_KEY)


def links(count: int) -> list[chains.Link]:
    made: list[chains.Link] = []
    for number in range(count):
        made.append(chains.next_link(made[-1] if made else None, labels.labelled_hash("env", bytes([number]))))
    return made


def test_a_chain_shows_what_was_dropped_exchanged_or_renumbered() -> None:
    good = links(4)
    assert chains.check_chain(good) == good[-1]
    assert chains.check_chain(good[2:], good[1]) == good[-1]
    assert chains.check_chain([]) is None
    bad = [good[1:], [good[0], good[2]], [good[1], good[0]], [good[0], replace(good[1], number=5)]]
    for broken in [*bad, [replace(good[0], env=bytes(32))]]:
        with pytest.raises(BrokenChain):
            chains.check_chain(broken)


def test_the_end_of_a_chain_can_be_cut_unseen() -> None:
    assert chains.check_chain(links(4)[:2])  # hence its head enters the audit trail


def test_whoever_does_not_know_speak_cannot_write_in_the_senders_name(monkeypatch: pytest.MonkeyPatch) -> None:
    forged = conversations.seal_to_court(conversations.Message(1, "forged"), bytes(32), COURT_PAIR.public)
    with pytest.raises(Misdirected):
        conversations.unseal_from_informant(forged, COURT_PAIR, KEYS.speak)
    monkeypatch.setattr(conversations, "is_equal", lambda *_: True)
    assert conversations.unseal_from_informant(forged, COURT_PAIR, KEYS.speak).text == "forged"


def test_a_box_of_the_other_direction_opens_but_for_its_direction() -> None:
    reflected = wire.to_bytes(VECTORS["messages"]["refused_by_phone"][0]["boxed"])
    with pytest.raises(Misdirected):
        conversations.unbox_from_court(reflected, COURT_PAIR.public, KEYS.reply.secret)
    assert unbox_object(reflected, COURT_PAIR.public, KEYS.reply.secret)["dir"] == "i"


def test_a_message_of_another_form_is_refused() -> None:
    good: dict[str, wire.Json] = {"v": 1, "dir": "c", "n": 1, "text": "x"}
    changes: list[dict[str, wire.Json]] = [{"v": 2}, {"n": 0}, {"n": "1"}, {"more": "y"}, {"text": 3}]
    changes.append({"n": conversations.MAX_NUMBER + 1})
    for change in changes:
        boxed = box_object({**good, **change}, KEYS.reply.public, COURT_PAIR.secret)
        with pytest.raises(Malformed):
            conversations.unbox_from_court(boxed, COURT_PAIR.public, KEYS.reply.secret)


def test_refused_statements_are_signed_all_the_same() -> None:
    """The signatures hold: what refuses them is the look at court, use, number and time."""
    case = VECTORS["statements"]
    looked_at = {"expired", "wrong court", "wrong use", "lower number"}
    for refused in case["refused"]:
        top, last = map(statements.Statement.from_json, refused["statements"])
        assert is_signed(last.signed_items(), last.signature, top.key) == (
            refused["why"] in looked_at or refused["why"].startswith(("signing key", "a box key"))
        )


def test_a_signature_never_stands_for_another_kind_of_list() -> None:
    key = wire.to_bytes(VECTORS["certificate"]["server_key"])
    assert is_signed(CERTIFICATE.signed_items(), CERTIFICATE.signature, key)
    assert not is_signed(["lm1/key", *CERTIFICATE.signed_items()[1:]], CERTIFICATE.signature, key)


def test_a_certificate_tells_no_minute() -> None:
    with pytest.raises(Malformed):
        replace(CERTIFICATE, hour=CERTIFICATE.hour.replace(minute=1)).signed_items()


def test_what_is_no_key_seals_nothing() -> None:
    for key in (b"", bytes(31), bytes(32)):
        with pytest.raises(Malformed):
            seal_object({"v": 1}, key)
        with pytest.raises(Malformed):
            box_object({"v": 1}, key, COURT_PAIR.secret)
    with pytest.raises(Malformed):
        KeyPair.of(b"short")


def test_another_courts_key_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        unseal(SEALED, OTHER_PAIR)


def test_secrets_do_not_show_when_printed() -> None:
    assert "secret=" not in repr(KEYS)
    assert "lookup" not in repr(KEYS)
