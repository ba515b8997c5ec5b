"""The vectors that every party reads: the phone's side reads the same file in tests/unit/miniprogram."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from backend.core.sealing import certificates, chains, claims, conversations, labels, letters, photos, rows, statements
from backend.core.sealing import wraps as keeping
from backend.core.sealing.envelopes import KeyPair, pad, unpad
from backend.core.sealing.receipts import ReceiptKeys, format_receipt, parse_receipt, row_key
from backend.core.sealing.refusals import (
    BadCertificate,
    CannotOpen,
    Malformed,
    Misdirected,
    MistypedReceipt,
    TooLong,
    UntrustedKey,
)
from backend.core.sealing.wire import canonical, parse, time_to_text, to_bytes, to_text, to_time
from tests.data import protocol_vectors
from tests.data.protocol_parties import NOW

VECTORS: dict[str, Any] = json.loads(protocol_vectors.FILE.read_text("utf-8"))


def test_the_file_is_what_the_generator_makes() -> None:
    assert protocol_vectors.FILE.read_text("utf-8") == protocol_vectors.make()


def test_each_label_has_its_hash() -> None:
    assert {case["label"] for case in VECTORS["hashes"]} == set(get_args(labels.Label))
    for case in VECTORS["hashes"]:
        assert labels.labelled_hash(case["label"], *map(to_bytes, case["parts"])) == to_bytes(case["hash"])
    assert len({case["hash"] for case in VECTORS["hashes"]}) == len(VECTORS["hashes"])


def test_receipts_and_what_is_derived_from_them() -> None:
    for case in VECTORS["receipts"]["good"]:
        receipt = to_bytes(case["receipt"])
        keys = ReceiptKeys.of(receipt)
        assert format_receipt(receipt) == case["text"]
        assert parse_receipt(case["text"]) == receipt
        assert to_text(row_key(keys.lookup)) == case["row_key"]
        assert to_text(keys.reply.secret) == case["reply_secret"]
        assert to_text(keys.reply.public) == case["reply_public"]
        derived = {"lookup": keys.lookup, "speak": keys.speak, "claim": keys.claim, "claim_tag": keys.claim_tag}
        assert {name: to_text(value) for name, value in derived.items()} == {name: case[name] for name in derived}


def test_receipts_as_people_type_them() -> None:
    for case in VECTORS["receipts"]["folded"]:
        assert parse_receipt(case["typed"]) == to_bytes(case["receipt"])
    for typed in VECTORS["receipts"]["refused"]:
        with pytest.raises(MistypedReceipt):
            parse_receipt(typed)


def test_there_is_one_spelling() -> None:
    assert canonical(VECTORS["wire"]["value"]).decode() == VECTORS["wire"]["text"]
    assert parse(VECTORS["wire"]["text"].encode()) == VECTORS["wire"]["value"]
    for text in VECTORS["wire"]["refused"]:
        with pytest.raises(Malformed):
            parse(text.encode("utf-8"))


def test_padding() -> None:
    for case in VECTORS["padding"]["good"]:
        data = VECTORS["padding"]["byte"].encode() * case["length"]
        assert to_text(pad(data)) == case["padded"]
        assert unpad(to_bytes(case["padded"])) == data
    with pytest.raises(TooLong):
        pad(bytes(VECTORS["padding"]["too_long"]))
    for padded in VECTORS["padding"]["refused"]:
        with pytest.raises(Malformed):
            unpad(to_bytes(padded))


def test_libsodium_opens_the_letter_sealed_with_a_given_ephemeral_key() -> None:
    case = VECTORS["letter"]
    pair = KeyPair.of(to_bytes(case["court_secret"]))
    said = case["letter"]
    address = letters.Address(said["court"], said["target"], said["key"])
    letter = letters.unseal_letter(to_bytes(case["sealed"]), pair, address)
    assert letter.to_json() == said
    assert canonical(letter.to_json()).decode() == case["plain"]
    for wrong in (letters.Address(said["court"], "c-2", 2), letters.Address("other", said["target"], 2)):
        with pytest.raises(Misdirected):
            letters.unseal_letter(to_bytes(case["sealed"]), pair, wrong)


def test_photos() -> None:
    key = to_bytes(VECTORS["photos"]["key"])
    for case in VECTORS["photos"]["cases"]:
        jpeg = VECTORS["photos"]["byte"].encode() * case["length"]
        blob = photos.seal_photo(jpeg, key)
        assert (len(blob), to_text(photos.photo_hash(blob))) == (case["bytes"], case["h"])
        assert photos.open_photo(blob, photos.PhotoKey(key, to_bytes(case["h"]))) == jpeg


def test_fingerprints_of_filings() -> None:
    sealed = to_bytes(VECTORS["letter"]["sealed"])
    assert [len(case["photos"]) for case in VECTORS["envs"]] == [0, 6]
    for case in VECTORS["envs"]:
        assert to_text(chains.env_of(sealed, [to_bytes(one) for one in case["photos"]])) == case["env"]
    with pytest.raises(Malformed):
        chains.env_of(sealed, [bytes(32)] * 7)
    with pytest.raises(Malformed):
        chains.env_of(sealed, [bytes(31)])
    with pytest.raises(Malformed):
        chains.env_of(sealed[1:], [])


def test_a_row_opens_at_its_own_place_only() -> None:
    case = VECTORS["row"]
    row, key = to_bytes(case["row"]), to_bytes(case["key"])
    place = rows.Place(**case["place"])
    assert place.associated_data().decode() == case["aad"]
    assert to_text(rows.unwrap_row(row, place, key)) == VECTORS["letter"]["sealed"]
    for other in case["refused"]:
        with pytest.raises(CannotOpen):
            rows.unwrap_row(row, rows.Place(**other), key)


def test_the_chain_of_three() -> None:
    last = None
    for case in VECTORS["chain"]:
        last = chains.next_link(last, to_bytes(case["env"]))
        assert (last.number, to_text(last.head)) == (case["number"], case["head"])


def test_certificates() -> None:
    case = VECTORS["certificate"]
    known = to_bytes(case["server_key"]), case["court"], to_bytes(case["env"])
    certificates.check_certificate(certificates.Certificate.from_json(case["good"]), *known)
    for refused in case["refused"]:
        with pytest.raises(BadCertificate):
            certificates.check_certificate(certificates.Certificate.from_json(refused["certificate"]), *known)


def test_statements_about_keys() -> None:
    case = VECTORS["statements"]
    path = [statements.Wanted(**wanted) for wanted in case["path"]]
    root, now = to_bytes(case["root_key"]), to_time(case["now"])

    def key_of(given: list[Any]) -> str:
        return to_text(statements.check_path([statements.Statement.from_json(one) for one in given], root, path, now))

    assert key_of(case["good"]) == VECTORS["letter"]["court_public"]
    for given in [case["good"][:1], *(refused["statements"] for refused in case["refused"])]:
        with pytest.raises(UntrustedKey):
            key_of(given)


def test_messages_in_both_directions() -> None:
    case = VECTORS["messages"]
    court, speak = KeyPair.of(to_bytes(case["court_secret"])), to_bytes(case["speak"])
    reply = to_bytes(case["reply_secret"])
    for good in case["from_court"]:
        message = conversations.unbox_from_court(to_bytes(good["boxed"]), court.public, reply)
        assert (message.n, message.text) == (good["message"]["n"], good["message"]["text"])
    sealed = to_bytes(case["from_informant"]["sealed"])
    assert conversations.unseal_from_informant(sealed, court, speak).text == case["from_informant"]["message"]["text"]


def test_reflected_and_forged_messages_are_refused() -> None:
    case = VECTORS["messages"]
    court, speak = KeyPair.of(to_bytes(case["court_secret"])), to_bytes(case["speak"])
    for refused in case["refused_by_phone"]:
        with pytest.raises((CannotOpen, Misdirected, Malformed)):
            conversations.unbox_from_court(to_bytes(refused["boxed"]), court.public, to_bytes(case["reply_secret"]))
    for refused in case["refused_by_court"]:
        with pytest.raises((CannotOpen, Misdirected, Malformed)):
            conversations.unseal_from_informant(to_bytes(refused["sealed"]), court, speak)


def test_gaps_and_repeats_show() -> None:
    for case in VECTORS["messages"]["surveys"]:
        found = conversations.survey(case["numbers"])
        assert (list(found.missing), list(found.repeated)) == (case["missing"], case["repeated"])


def test_a_claim_fits_its_award_only() -> None:
    case = VECTORS["claim"]
    reward = KeyPair.of(to_bytes(case["reward_secret"]))
    award = claims.unbox_award(to_bytes(case["award"]), to_bytes(case["court_public"]), reward.secret)
    assert award == claims.Award(37, 1, to_bytes(case["claim_tag"]))
    claim = claims.unseal_claim(to_bytes(case["sealed"]), reward, award)
    assert (claim.name, claim.identity_number, claim.account) == tuple(
        case["claim"][key] for key in ("name", "id", "account")
    )
    with pytest.raises(Misdirected):
        claims.unseal_claim(to_bytes(case["sealed"]), reward, claims.Award(38, 1, bytes(32)))


def test_an_officers_key_opens_with_its_phrase() -> None:
    case = VECTORS["keeping"]["officer"]
    typed = f" {case['phrase'].upper()}　".replace("ORBIT", "ｏｒｂｉｔ")
    assert to_text(keeping.unwrap_secret(to_bytes(case["wrapped"]), typed)) == case["secret"]
    with pytest.raises(CannotOpen):
        keeping.unwrap_secret(to_bytes(case["wrapped"]), case["phrase"] + "s")


def test_two_sheets_make_up_the_recovery_key() -> None:
    case = VECTORS["keeping"]["recovery"]
    first, second = map(to_bytes, case["shares"])
    assert to_text(keeping.join_shares(first, second, to_bytes(case["public"]))) == case["secret"]
    with pytest.raises(CannotOpen):
        keeping.join_shares(first, first, to_bytes(case["public"]))


def test_times_are_utc_in_whole_seconds() -> None:
    assert to_time("2026-11-23T06:00:00Z") == datetime(2026, 11, 23, 6, tzinfo=UTC)
    for text in ("2026-11-23T06:00:00+00:00", "2026-11-23 06:00:00Z", "2026-1-23T06:00:00Z", "", 7):
        with pytest.raises(Malformed):
            to_time(text)
    for moment in (datetime(2026, 11, 23, 6), datetime(2026, 11, 23, 6, 0, 0, 1, UTC)):  # noqa: DTZ001
        with pytest.raises(Malformed):
            time_to_text(moment)


def test_what_is_no_certificate_or_statement_is_refused() -> None:
    for kind, good in (
        (certificates.Certificate, VECTORS["certificate"]["good"]),
        (statements.Statement, VECTORS["statements"]["good"][0]),
    ):
        for name in good:
            for bad in ({key: value for key, value in good.items() if key != name}, good | {name: []}, "text"):
                with pytest.raises(Malformed):
                    kind.from_json(bad)
    with pytest.raises(Malformed):
        statements.sign_statement(statements.Statement("c", "other", 1, bytes(32), NOW), bytes(32))
