from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from backend.core.audit import verify
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.filings.reading import count_opened
from backend.core.filings.refusals import TooManyOpened
from backend.core.sealing.claims import unbox_award
from backend.core.sealing.rows import Place, unwrap_row
from backend.tips.domain import AlreadyDecided, Decision, NoRewardKey
from backend.tips.service import answer, close_tips, decide, list_tips, open_tip
from tests.integration.filing_world import Phone, World
from tests.integration.tips.test_routes import make_notice


def filed(world: World, phone: Phone, **more: str) -> int:
    response = world.file(phone.seal("车停在虚构路", jpegs=(b"\xff\xd8 proof",), kind="property", **more))
    assert response.status_code == 201, response.text
    return int(response.get_json()["number"])


def test_an_officer_reads_answers_and_the_receipt_opens_the_answer(world: World) -> None:
    phone = world.phone(world.court)
    number = filed(world, phone, contact="虚构电话")
    world.post("/messages", phone.words(1, "补充"))
    opened = open_tip(world.desk(), number)
    assert (opened.letter.kind, opened.letter.text) == ("property", "车停在虚构路")
    assert opened.letter.more == {"contact": "虚构电话"}
    assert opened.photos == (b"\xff\xd8 proof",)
    assert [message.text for message in opened.words] == ["补充"]
    assert answer(world.desk(), number, "请补充材料") == 1
    status = world.status(phone)
    assert status["state"] == "checking"
    assert [phone.read(message).text for message in status["messages"]] == ["请补充材料"]


def test_a_tip_not_used_tells_why_and_is_decided_once(world: World) -> None:
    phone = world.phone()
    number = filed(world, phone)
    with pytest.raises(Invalid, match="reason"):
        decide(world.desk(), number, Decision("not_used"))
    decide(world.desk(), number, Decision("not_used", "known"))
    status = world.status(phone)
    assert (status["state"], status["reason"], status["expires_on"]) == ("not_used", "known", None)
    with pytest.raises(AlreadyDecided):
        decide(world.desk(), number, Decision("useful"))


def test_a_useful_tip_for_a_notice_tells_reward_officers_its_number_rank_and_tag_only(world: World) -> None:
    phone = world.phone(make_notice(world, world.listings[0]))
    number = filed(world, phone)
    decide(world.desk(), number, Decision("useful", rank=2))
    assert (world.status(phone)["state"], world.status(phone)["can_claim"]) == ("useful", True)
    (row,) = world.rows(
        "SELECT filing_id, part.key_id, data FROM sealed.part INNER JOIN sealed.filing ON filing.id = filing_id"
        " WHERE part = 'award' AND number = %s AND purpose = 'tip'",
        number,
    )
    key = world.store.find(row["filing_id"])
    assert key
    boxed = unwrap_row(row["data"], Place(str(world.court), str(row["filing_id"]), row["key_id"], "award"), key)
    _, court_key = world.key("box")
    award = unbox_award(boxed, court_key, world.desk("wu").reader.newest("reward")[1])
    assert (award.number, award.rank, award.claim_tag) == (number, 2, phone.keys.claim_tag)


def test_without_a_notice_on_the_day_it_came_there_is_nothing_to_claim(fresh: World) -> None:
    world = fresh
    make_notice(world, world.listings[1], "2026-01-01", "2026-01-02")
    for target in (world.court, world.other_listing, world.listings[1]):
        phone = world.phone(target)
        decide(world.desk(), filed(world, phone), Decision("useful"))
        status = world.status(phone)
        # What names the court only closes with its decision.
        assert status["state"] == ("closed" if target == world.court else "useful")
        assert (status["outcome"], status["can_claim"]) == ("useful", False)


def test_a_promised_reward_needs_a_key_to_claim_it_and_nothing_is_decided_by_halves(world: World) -> None:
    phone = world.phone(make_notice(world, world.listings[0]))
    number = filed(world, phone)
    world.execute("UPDATE register.court_key SET not_after = not_after - interval '999 days' WHERE use = 'reward'")
    try:
        with pytest.raises(NoRewardKey):
            decide(world.desk(), number, Decision("useful"))
        assert world.status(phone)["state"] == "checking"
    finally:
        world.execute("UPDATE register.court_key SET not_after = not_after + interval '999 days' WHERE use = 'reward'")
    decide(world.desk(), number, Decision("useful"))


def test_only_readers_open_only_clerks_decide_and_each_act_is_in_the_trail(world: World) -> None:
    number = filed(world, world.phone(world.court))
    with pytest.raises(Forbidden):
        open_tip(world.desk("wu"), number)
    with pytest.raises(NotFound):
        open_tip(world.desk(), number + 1000)
    open_tip(world.desk("zhou"), number)
    with pytest.raises(Forbidden):
        decide(world.desk("zhou"), number, Decision("useful"))
    decide(world.desk(), number, Decision("not_used", "earlier"))
    entries = world.rows(
        "SELECT action FROM audit.entry INNER JOIN audit.body USING (sequence)"
        " WHERE (content::jsonb ->> 'number') = %s ORDER BY sequence",
        str(number),
    )
    assert [entry["action"] for entry in entries] == ["filing.open", "filing.open", "tip.decide"]
    with world.database.transaction("operator") as connection:
        assert verify(connection) is None


def test_whoever_opens_a_tip_first_has_it_in_hand(world: World) -> None:
    """At the command line as at the console; a forbidden try and a second reader change nothing."""
    number = filed(world, world.phone(world.court))
    with pytest.raises(Forbidden):
        open_tip(world.desk("wu"), number)
    assert holder_of(world, number) is None
    open_tip(world.desk("zhou"), number)
    open_tip(world.desk("lin"), number)
    assert holder_of(world, number) == "zhou"


def holder_of(world: World, number: int) -> object:
    [row] = world.rows(
        "SELECT officer.login FROM register.tip INNER JOIN sealed.filing ON filing.id = filing_id"
        " LEFT JOIN register.officer ON officer.id = holder_id WHERE purpose = 'tip' AND number = %s",
        number,
    )
    return row["login"]


def test_sending_one_leaves_no_entry_whose_time_would_date_it(world: World) -> None:
    (before,) = world.rows("SELECT sequence FROM audit.head")
    phone = world.phone(world.court)
    filed(world, phone)
    world.post("/messages", phone.words(1, "补充"))
    assert world.rows("SELECT sequence FROM audit.head") == [before]


def test_thirty_tips_can_be_opened_in_ten_minutes(world: World) -> None:
    number = filed(world, world.phone(world.court))
    world.execute("DELETE FROM sealed.unwrapping")
    for _ in range(30):
        open_tip(world.desk("zhou"), filed(world, world.phone(world.court)))
    with pytest.raises(TooManyOpened):
        open_tip(world.desk("zhou"), number)
    world.execute("DELETE FROM sealed.unwrapping")


def test_what_one_officer_opens_at_once_is_counted_one_after_the_other(world: World) -> None:
    filed(world, world.phone(world.court))
    [filing] = world.rows("SELECT id FROM sealed.filing WHERE purpose = 'tip' ORDER BY number DESC LIMIT 1")
    officer = world.desk("zhou").reader.officer

    def count() -> None:
        with world.database.transaction("operator") as connection:
            count_opened(connection, officer, filing["id"])

    with ThreadPoolExecutor(1) as other, world.database.transaction("operator") as connection:
        count_opened(connection, officer, filing["id"])
        waiting = other.submit(count)
        world.wait_until_held()
        connection.commit()
        waiting.result()


def test_tips_are_listed_in_their_order_without_their_words(world: World) -> None:
    for target in (make_notice(world, world.listings[0]), world.listings[0], world.court, world.court):
        filed(world, world.phone(target))
    rows = list_tips(world.database, "lin")
    undecided = [row["number"] for row in rows if row["decided_on"] is None]
    assert len(undecided) >= 4
    assert undecided == sorted(undecided)
    assert {row["target_kind"] for row in rows} >= {"court", "listing", "notice"}
    assert set(rows[0]) == {"number", "hour", "state", "target_kind", "outcome", "reason", "decided_on"}
    with pytest.raises(NotFound):
        list_tips(world.database, "nobody")


def test_a_tip_closes_with_its_case_and_one_about_the_court_with_its_decision(world: World) -> None:
    of_court, of_listing, undecided = world.phone(world.court), *(world.phone(world.other_listing) for _ in range(2))
    decide(world.desk(), filed(world, of_court), Decision("useful"))
    assert world.status(of_court)["expires_on"] is not None
    decide(world.desk(), filed(world, of_listing), Decision("useful"))
    filed(world, undecided)
    close_tips(world.database)
    assert world.status(of_listing)["expires_on"] is None
    assert world.status(undecided)["state"] == "received"
    world.execute(
        "UPDATE register.listing SET state = 'deleted', ended_on = '2026-05-01', ended_cause = 'performed'"
        " WHERE id = %s",
        world.other_listing,
    )
    assert close_tips(world.database) >= 2
    assert world.status(of_listing)["expires_on"] is not None
    status = world.status(undecided)
    assert (status["state"], status["expires_on"]) == ("closed", "2026-10-28")
    assert close_tips(world.database) == 0
