"""Notices that a listing has ended: what they name, who may issue them, and how they are checked."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from flask.testing import FlaskClient
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from backend.core.errors import Conflict, Forbidden, NotFound
from backend.listings.life import Move, Signatures, move, record_death
from backend.listings.removal_notices import PURPOSE, issue_notice
from tests.integration.conftest import Check
from tests.integration.life.parties import Court
from tests.integration.register import TODAY, Register

KEY = SigningKey(b"\x07" * 32)


@pytest.fixture
def court(register: Register) -> Court:
    return Court(register)


def _removed(court: Court, action: str = "delete", cause: str = "performed", **fields: Any) -> Any:
    entity = court.register.entity("甄名字", sex="female", age_band="40-49", **fields.pop("entity", {}))
    listing = court.register.listing(entity, term_ends_on=None, case_number="（2025）虚9999执77号", **fields)
    if cause == "death":
        record_death(court.register.connection, entity, TODAY, court.alone)
    court.move(listing, action, cause)
    return listing


def _issue(court: Court, listing: Any) -> str:
    return issue_notice(court.register.connection, listing, court.alone, KEY)


def test_a_notice_names_the_case_and_never_the_person(client: FlaskClient, court: Court, check: Check) -> None:
    code = _issue(court, _removed(court))
    answer = client.get(f"/v1/removal-notices/{code}")
    assert answer.status_code == 200
    check("RemovalNotice", answer.get_json())
    assert answer.get_json()["notice"] == {
        "code": code, "court": "裕华区人民法院", "case_number": "（2025）虚9999执77号", "removed_on": "2026-03-01",
        "cause": "performed", "cause_zh": "已经履行完毕或者法院已经执行完毕",
        "cause_en": "performed or enforced in full",
        "article": "第十条第一款第（一）项", "issued_on": "2026-03-01", "demo": False,
    }  # fmt: skip
    page = client.get(f"/v1/removal-notices/{code}.html")
    assert page.status_code == 200
    assert page.content_type.startswith("text/html")
    for body in (answer.get_data(as_text=True), page.get_data(as_text=True)):
        assert "（2025）虚9999执77号" in body
        assert not [word for word in ("甄名字", "female", "40-49", "女") if word in body]
    text = page.get_data(as_text=True)
    assert "移出告知书" in text
    assert "Removal notice" in text
    assert f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}" in text
    assert "noindex" in page.headers["X-Robots-Tag"]


def test_anybody_can_verify_it_and_a_word_changed_shows(client: FlaskClient, court: Court) -> None:
    said = client.get(f"/v1/removal-notices/{_issue(court, _removed(court))}").get_json()
    key = VerifyKey(bytes.fromhex(said["key"]["public"]))
    assert key == KEY.verify_key
    signature = bytes.fromhex(said["signature"])
    key.verify(PURPOSE + said["signed_text"].encode(), signature)
    assert json.loads(said["signed_text"]) == said["notice"]
    with pytest.raises(BadSignatureError):
        key.verify(PURPOSE + said["signed_text"].replace("77", "78").encode(), signature)
    with pytest.raises(BadSignatureError):
        key.verify(said["signed_text"].encode(), signature)  # signed for this purpose alone


@pytest.mark.parametrize(
    ("action", "cause", "told"),
    [
        ("withdraw", "minor", "wrongly_listed"),
        ("withdraw", "wrongly_listed", "wrongly_listed"),
        ("delete", "death", "stated"),
        ("delete", "creditor_request", "creditor_request"),
    ],
)
def test_a_cause_that_tells_of_a_life_is_told_in_general(
    client: FlaskClient, court: Court, action: str, cause: str, told: str
) -> None:
    said = client.get(f"/v1/removal-notices/{_issue(court, _removed(court, action, cause))}").get_json()
    assert said["notice"]["cause"] == told
    assert "未成年" not in said["signed_text"]
    assert "死亡" not in said["signed_text"]


def test_a_second_asking_gives_the_same_code_which_the_status_can_tell(court: Court) -> None:
    listing = _removed(court)
    code = _issue(court, listing)
    assert _issue(court, listing) == code
    (row,) = court.rows("SELECT register.removal_code(%s) AS code, register.removal_code(%s) AS none", listing, uuid4())
    assert row == {"code": code, "none": None}
    assert len(court.rows("SELECT FROM audit.entry WHERE action = 'listing.removal_notice'")) == 1


def _verifies(client: FlaskClient, code: str) -> bool:
    return client.get(f"/v1/removal-notices/{code}").status_code == 200


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_notice_holds_until_the_listing_is_shown_again_and_the_next_end_has_its_own(
    client: FlaskClient, court: Court, *, taken_back: bool
) -> None:
    noise = _issue(court, _removed(court))
    listing = _removed(court)
    code = _issue(court, listing)
    court.register.connection.execute("UPDATE register.listing SET duty = '支付货款' WHERE id = %s", (listing,))
    assert _verifies(client, code)
    if taken_back:  # as when the list that ended it is taken back
        court.register.connection.execute(
            "UPDATE register.listing SET state = 'published', ended_on = NULL, ended_cause = NULL WHERE id = %s",
            (listing,),
        )
    else:
        court.move(listing, "relist", "decision")
    gone = client.get(f"/v1/removal-notices/{code}")
    assert (gone.status_code, gone.get_data()) == (404, client.get(f"/v1/entities/{uuid4()}").get_data())
    with pytest.raises(Conflict):
        _issue(court, listing)
    court.move(listing, "delete", "settled")
    again = _issue(court, listing)
    assert again != code
    assert client.get(f"/v1/removal-notices/{again}").get_json()["notice"]["cause"] == "settled"
    assert not _verifies(client, code)
    assert _verifies(client, noise)


def test_without_its_trigger_the_notice_of_one_that_is_shown_again_would_still_verify(
    client: FlaskClient, court: Court
) -> None:
    listing = _removed(court)
    code = _issue(court, listing)
    court.register.connection.execute("ALTER TABLE register.listing DISABLE TRIGGER follow_return")
    court.move(listing, "relist", "decision")
    assert _verifies(client, code)


def test_only_what_has_ended_gets_one_from_its_own_courts_clerk(court: Court) -> None:
    connection = court.register.connection
    _, shown = court.listing()
    with pytest.raises(Conflict):
        _issue(court, shown)
    with pytest.raises(NotFound):
        _issue(court, uuid4())
    removed = _removed(court)
    for stranger in (court.officer("fremd", "clerk", at=1), court.approver):
        with pytest.raises(Forbidden):
            issue_notice(connection, removed, Signatures(stranger), KEY)
    draft = court.register.listing(court.register.entity(), "draft")
    move(connection, draft, Move("discard", "discarded"), court.alone)
    with pytest.raises(Conflict):
        _issue(court, draft)


def test_a_code_is_read_as_it_is_printed_and_unknown_ones_are_the_one_404(client: FlaskClient, court: Court) -> None:
    code = _issue(court, _removed(court))
    printed = f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}".lower()
    assert client.get(f"/v1/removal-notices/{printed}").status_code == 200
    unknown = [
        client.get(f"/v1/removal-notices/{one}") for one in ("0" * 16, "x", f"{code}0", "I" * 16, f"{'0' * 16}.html")
    ]
    assert {answer.status_code for answer in unknown} == {404}
    assert len({answer.get_data() for answer in unknown}) == 1
    entity = client.get(f"/v1/entities/{uuid4()}")
    assert unknown[0].get_data() == entity.get_data()


def test_demo_notices_say_so(client: FlaskClient, court: Court) -> None:
    code = _issue(court, _removed(court, source="demo", entity={"source": "demo"}))
    assert client.get(f"/v1/removal-notices/{code}").get_json()["notice"]["demo"] is True
    assert "DEMO" in client.get(f"/v1/removal-notices/{code}.html").get_data(as_text=True)


def test_the_public_role_cannot_list_whose_notices_there_are(court: Court) -> None:
    court.register.connection.execute("SET LOCAL ROLE public_reader")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        court.register.connection.execute("SELECT listing_id FROM register.removal_notice")
