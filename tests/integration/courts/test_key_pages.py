"""The keys' pages over their routes: who may, what is refused, and what is left to be done."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.filings.cert_key import make_cert_key
from backend.core.sealing.envelopes import unseal
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, sign_statement
from backend.core.sealing.wire import to_bytes, to_text
from tests.integration.conftest import WITHOUT_LIMITS
from tests.integration.courts.key_hands import KEYS, Hands, send
from tests.integration.desk import Console, Seat
from tests.integration.filing_world import ROOT
from tests.integration.register import Register

WHY = "虚构的理由"


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow], tmp_path: Path) -> Console:
    root = {"ROOT_PUBLIC_KEY": to_text(ROOT.public), "VAR_DIR": str(tmp_path)}
    return Console(register, connection, {**WITHOUT_LIMITS, **root})


@pytest.fixture
def hands(console: Console) -> Hands:
    return Hands(console, console.seat("keeper", login="keeper"))


def _reader(hands: Hands, *roles: str) -> Seat:
    """An officer with a key."""
    seat = hands.console.seat(*(roles or ("clerk",)))
    assert hands.make_own(seat).status_code == 201
    return seat


def test_an_officer_makes_one_key_and_an_auditor_none(hands: Hands) -> None:
    clerk, auditor = hands.console.seat("clerk"), hands.console.seat("auditor")
    assert "生成我的钥匙" in clerk.get(f"{KEYS}/own").text
    assert hands.make_own(auditor).status_code == 403
    assert send(clerk, "/own", {"public_key": "AAAA", "wrapped": "AAAA"}).status_code == 422
    hands.console.connection.execute("UPDATE desk.session SET proved_at = proved_at - interval '11 minutes'")
    assert hands.make_own(clerk).location.startswith("/court/prove")
    hands.console.connection.execute("UPDATE desk.session SET proved_at = now()")
    assert hands.make_own(clerk).status_code == 201
    page = clerk.get(f"{KEYS}/own").text
    assert hands.fingerprint(clerk.officer) in page
    assert "生成我的钥匙" not in page
    assert hands.make_own(clerk).status_code == 409
    assert hands.traces() == ["keys.own"]


def test_the_keeper_sees_who_has_a_key_and_its_fingerprint(hands: Hands) -> None:
    with_key, without = _reader(hands), hands.console.seat("approver")
    elsewhere = hands.console.seat("clerk", court=hands.console.register.courts[1])
    assert hands.make_own(elsewhere).status_code == 201
    for page in (hands.keeper.get(f"{KEYS}/").text, hands.keeper.get(f"{KEYS}/print").text):
        assert hands.fingerprint(with_key.officer) in page
        assert hands.fingerprint(elsewhere.officer) not in page
    assert str(without.officer) in hands.keeper.get(f"{KEYS}/").text
    assert with_key.get(f"{KEYS}/").status_code == 403


def test_nothing_is_granted_before_the_right_fingerprint_was_compared(hands: Hands) -> None:
    first, other = _reader(hands), _reader(hands)
    hands.make_all((first.officer,))
    new = _reader(hands)
    assert hands.grant(new.officer, "box").status_code == 409
    wrong = {"fingerprint": hands.fingerprint(other.officer)}
    assert send(hands.keeper, f"/{new.officer}/compare", wrong).status_code == 409
    assert hands.grant(new.officer, "box").status_code == 409
    assert hands.compare(new.officer).status_code == 200
    granted = {"granted": [{"use": "box", "number": 1, "sealed": to_text(bytes(80))}]}
    assert send(hands.keeper, f"/{new.officer}/grant", {**wrong, **granted}).status_code == 409
    assert hands.held(new.officer) == set()
    assert hands.grant(new.officer, "box").status_code == 201  # the control
    assert hands.held(new.officer) == {("box", 1)}
    assert hands.traces()[-2:] == ["keys.compare", "keys.grant"]
    assert "keys.lend_recovery" not in hands.traces()


def test_roles_and_known_keys_bound_what_is_granted(hands: Hands) -> None:
    clerk = _reader(hands)
    hands.make_all((clerk.officer,))
    for use, number in (("sign", 1), ("box", 2)):
        assert hands.grant(clerk.officer, use, number).status_code == 422
    assert send(hands.keeper, f"/{clerk.officer}/grant", {"fingerprint": "x", "granted": []}).status_code == 422
    assert hands.held(clerk.officer) == {("box", 1)}


def test_another_courts_officer_answers_like_nobody(hands: Hands) -> None:
    stranger = hands.console.seat("clerk", court=hands.console.register.courts[1])
    assert hands.make_own(stranger).status_code == 201
    unknown = uuid.uuid4()
    hands.pairs[unknown] = hands.pairs[stranger.officer]
    for act in (hands.compare, lambda officer: hands.grant(officer, "box")):
        answers = [act(officer) for officer in (stranger.officer, unknown)]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].text == answers[1].text
    for officer in (stranger.officer, unknown):
        assert hands.keeper.get(f"{KEYS}/{officer}/withdraw").status_code == 404
        assert hands.keeper.post(f"{KEYS}/{officer}/withdraw", reason=WHY).status_code == 404
    found = hands.console.connection.execute("SELECT compared_at FROM register.officer_key").fetchall()
    assert found == [{"compared_at": None}]


def test_a_courts_keys_are_made_in_order_and_phones_walk_to_them(hands: Hands, tmp_path: Path) -> None:
    keeper, clerk, payer = hands.keeper.officer, _reader(hands), _reader(hands, "reward_officer")
    hands.make_own(hands.keeper)
    for officer in (keeper, clerk.officer, payer.officer):
        assert hands.compare(officer).status_code == 200
    assert hands.request(keeper).status_code == 409  # no recovery
    assert hands.make_recovery().status_code == 201
    assert hands.make_recovery().status_code == 409
    assert hands.keeper.get(f"{KEYS}/court/request.json").status_code == 409
    for refused in (hands.request(clerk.officer), hands.request(keeper, number=2), hands.request(keeper, longer=3)):
        assert refused.status_code == 422
    assert hands.make("box", clerk.officer, signer=b"s" * 32).status_code == 409  # no signing key
    assert hands.request(keeper).status_code == 201
    assert hands.request(keeper).status_code == 409
    assert hands.make("box", clerk.officer, signer=b"s" * 32).status_code == 409  # it is not signed yet
    hands.signing = b""
    assert send(hands.keeper, "/court/request/drop").status_code == 200
    assert hands.request(keeper).status_code == 201
    assert hands.certify().status_code == 201
    assert hands.held(keeper) == {("sign", 1)}
    for refused in (
        hands.make("box", clerk.officer, signer=b"s" * 32), hands.make("box", payer.officer),
        hands.make("box", sealed=hands.sealed(bytes(32))[1:]), hands.make("box", clerk.officer, number=2),
        hands.make("box", clerk.officer, clerk.officer), hands.make("cert"), hands.certify_server(bytes(32)),
    ):  # fmt: skip
        assert refused.status_code in (409, 422), refused.text
    server = verify_key_of(make_cert_key(tmp_path / "cert.key"))
    assert hands.certify_server(bytes(32)).status_code == 422
    done = [hands.make("box", clerk.officer), hands.make("reward", payer.officer), hands.certify_server(server)]
    assert [one.status_code for one in done] == [201, 201, 201]
    walked = hands.console.connection.execute(
        "SELECT use FROM serving.court_key WHERE court_id = %s ORDER BY use", (hands.court,)
    ).fetchall()
    assert [row["use"] for row in walked] == ["box", "cert", "reward", "sign"]
    assert hands.held(clerk.officer) == {("box", 1)}
    assert hands.held(None) == {("sign", 1), ("box", 1), ("reward", 1)}
    assert hands.traces()[-5:] == ["keys.request", "keys.made", "keys.made", "keys.made", "keys.made"]


def test_only_the_root_certifies_and_only_what_was_asked_for(hands: Hands) -> None:
    hands.make_recovery()
    hands.make_own(hands.keeper)
    hands.compare(hands.keeper.officer)
    assert hands.request(hands.keeper.officer).status_code == 201
    asked = hands.keeper.get(f"{KEYS}/court/request.json").get_json(force=True)
    statement = Statement.from_json({**asked, "signature": to_text(bytes(64))})
    assert ROOT.seed
    for signed in (
        sign_statement(statement, b"x" * 32), sign_statement(replace(statement, number=2), ROOT.seed),
        sign_statement(replace(statement, key=b"k" * 32), ROOT.seed), statement,
    ):  # fmt: skip
        answer = send(hands.keeper, "/court/certified", {"statement": signed.to_json()})
        assert answer.status_code == 422, answer.text
    assert hands.held(None) == set()
    assert hands.certify().status_code == 201  # the control
    late = send(hands.keeper, "/court/certified", {"statement": sign_statement(statement, ROOT.seed).to_json()})
    assert late.status_code == 409


def test_the_command_line_signs_the_saved_request(hands: Hands, tmp_path: Path) -> None:
    hands.make_recovery()
    hands.make_own(hands.keeper)
    hands.compare(hands.keeper.officer)
    hands.request(hands.keeper.officer)
    saved, root, out = tmp_path / "request.json", tmp_path / "root.txt", tmp_path / "signed.json"
    file = hands.keeper.get(f"{KEYS}/court/request.json")
    assert file.headers["Content-Disposition"] == "attachment; filename=key-request-1.json"
    saved.write_text(file.text)
    assert ROOT.seed
    root.write_text(to_text(ROOT.seed))
    args = ["keys", "certify", str(saved), "--root-file", str(root), "--out", str(out)]
    runner = hands.console.app.test_cli_runner()
    assert runner.invoke(args=args, input="n\n").exit_code == 1
    assert not out.exists()
    done = runner.invoke(args=args, input="y\n")
    assert done.exit_code == 0, done.output
    shown = done.output.partition("Fingerprint: ")[2].partition("\n")[0]
    assert shown in hands.keeper.get(f"{KEYS}/").text
    signed = json.loads(out.read_text())
    assert send(hands.keeper, "/court/certified", {"statement": signed}).status_code == 201
    root.write_text(to_text(b"x" * 32))
    args[-1] = str(tmp_path / "other.json")
    assert runner.invoke(args=args, input="y\n").exit_code == 1
    saved.write_text(json.dumps({**json.loads(saved.read_text()), "use": "box"}))
    root.write_text(to_text(ROOT.seed))
    assert "signing keys only" in runner.invoke(args=args, input="y\n").output


def test_a_keeper_who_left_meanwhile_gets_no_signing_key(hands: Hands) -> None:
    second = _reader(hands, "keeper")
    hands.make_recovery()
    hands.make_own(hands.keeper)
    for officer in (hands.keeper.officer, second.officer):
        hands.compare(officer)
    assert hands.request(hands.keeper.officer, second.officer).status_code == 201
    hands.console.connection.execute("UPDATE register.officer SET roles = '{clerk}' WHERE id = %s", (second.officer,))
    assert hands.certify().status_code == 201
    assert (hands.held(hands.keeper.officer), hands.held(second.officer)) == ({("sign", 1)}, set())


def test_what_was_sealed_to_a_key_that_is_gone_is_not_kept(hands: Hands) -> None:
    second, clerk = _reader(hands, "keeper"), _reader(hands)
    hands.make_all((clerk.officer,))
    hands.compare(second.officer)
    former = dict(hands.pairs)
    assert hands.request(hands.keeper.officer, second.officer).status_code == 201
    for seat in (second, clerk):
        hands.keeper.post(f"{KEYS}/{seat.officer}/withdraw", reason=WHY)
        assert hands.make_own(seat).status_code == 201
        hands.compare(seat.officer)
    assert hands.certify().status_code == 201
    assert hands.held(second.officer) == set()
    present, hands.pairs = hands.pairs, former
    assert hands.make("box", clerk.officer).status_code == 422
    hands.pairs = present
    assert hands.make("box", clerk.officer).status_code == 201  # the control


def test_who_leaves_leaves_a_key_to_be_replaced_until_it_is(hands: Hands) -> None:
    leaving, staying, idle = _reader(hands), _reader(hands), hands.console.seat("clerk")
    hands.make_all((leaving.officer, staying.officer))
    today, live = "有人离开,更换阅读钥匙", "须更换的钥匙"

    def shown() -> tuple[bool, bool, bool]:
        pages = ("/court/", "/court/settings/go-live", f"{KEYS}/")
        texts = [hands.keeper.get(page).text for page in pages]
        return today in texts[0], live in texts[1], "今天必须更换" in texts[2]

    ended = hands.keeper.post(f"/court/settings/officers/{idle.officer}/end", reason=WHY)
    assert ended.status_code == 303
    assert shown() == (False, False, False)  # who never held one leaves nothing behind
    hands.keeper.post(f"/court/settings/officers/{leaving.officer}/end", reason=WHY)
    assert leaving.get("/court/").location.startswith("/court/sign-in")
    assert hands.held(leaving.officer) == set()
    assert shown() == (True, True, True)
    assert hands.make("box", leaving.officer, staying.officer).status_code == 422
    assert shown() == (True, True, True)
    assert hands.make("box", staying.officer).status_code == 201
    assert shown() == (False, False, False)


def test_a_key_taken_away_is_gone_for_good_and_another_can_be_made(hands: Hands) -> None:
    clerk = _reader(hands)
    hands.make_all((clerk.officer,))
    lost = hands.fingerprint(clerk.officer)
    page = hands.keeper.get(f"{KEYS}/{clerk.officer}/withdraw").text
    assert lost in page
    assert "阅读钥匙 1。" in page
    assert hands.keeper.post(f"{KEYS}/{clerk.officer}/withdraw", reason="").status_code == 422
    assert hands.keeper.post(f"{KEYS}/{clerk.officer}/withdraw", reason=WHY).status_code == 303
    assert hands.held(clerk.officer) == set()
    assert hands.traces()[-1] == "keys.withdraw"
    assert hands.make_own(clerk).status_code == 201
    assert hands.grant(clerk.officer, "box").status_code == 409  # nobody has compared the new one
    assert "今天必须更换" in hands.keeper.get(f"{KEYS}/").text


def test_sheets_open_what_is_lent_for_them_and_it_is_recorded(hands: Hands) -> None:
    clerk = _reader(hands)
    hands.make_all((clerk.officer,))
    lent = send(hands.keeper, "/recovery-secrets").get_json()["secrets"]
    assert [(one["use"], one["number"]) for one in lent] == [("box", 1), ("sign", 1)]
    opened = unseal(to_bytes(lent[1]["sealed"]), hands.recovery)
    assert opened == hands.signing
    assert hands.traces()[-1] == "keys.lend_recovery"
