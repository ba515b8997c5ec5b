from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.core.audit import verify
from backend.core.clock import now, today
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.filings.refusals import TooManyOpened
from backend.core.sealing.statements import Statement, Wanted, check_path
from backend.courts.keys import rotate
from backend.objections.domain import AlreadyDecided, Decision, NotDecided
from backend.objections.service import answer, ask_for_review, decide, list_objections, open_objection
from tests.integration.filing_world import ROOT, Phone, World


def filed(world: World, phone: Phone, **more: str) -> int:
    response = world.file(phone.seal("我没有能力履行", jpegs=(b"\xff\xd8 proof",), **more))
    assert response.status_code == 201, response.text
    return int(response.get_json()["number"])


def open_tasks(world: World, kind: str) -> list[object]:
    rows = world.rows("SELECT listing_id FROM register.task WHERE kind = %s AND done_on IS NULL", kind)
    return [row["listing_id"] for row in rows]


def test_an_officer_reads_answers_and_the_receipt_opens_the_answer(world: World) -> None:
    phone = world.phone(world.court)
    number = filed(world, phone, contact="虚构电话")
    world.post("/messages", phone.words(1, "补充"))
    opened = open_objection(world.desk(), number)
    assert opened.letter.text == "我没有能力履行"
    assert opened.letter.more == {"contact": "虚构电话"}
    assert opened.photos == (b"\xff\xd8 proof",)
    assert [message.text for message in opened.words] == ["补充"]
    assert answer(world.desk(), number, "请补充材料") == 1
    assert answer(world.desk(), number, "已收到") == 2
    status = world.status(phone)
    assert status["state"] == "checking"
    assert [phone.read(message).text for message in status["messages"]] == ["请补充材料", "已收到"]


def test_refusal_needs_reasons_and_tells_the_way_to_review(world: World) -> None:
    phone = world.phone(world.listings[0])
    number = filed(world, phone)
    with pytest.raises(Invalid, match="reasons"):
        decide(world.desk(), number, Decision("not_founded"))
    decide(world.desk(), number, Decision("not_founded", reasons="判决已经生效"))
    status = world.status(phone)
    assert (status["state"], status["outcome"]) == ("decided", "not_founded")
    text = phone.read(status["messages"][-1]).text
    assert "判决已经生效" in text
    assert "石家庄市中级人民法院" in text
    assert "复议" in text
    with pytest.raises(AlreadyDecided):
        decide(world.desk(), number, Decision("not_founded", reasons="again"))
    world.execute(
        "INSERT INTO register.officer (court_id, login, name, roles)"
        " SELECT superior_id, 'higher', '虚构人员', '{clerk}' FROM register.court WHERE id = %s",
        world.court,
    )
    ask_for_review(world.database, "lin", number)
    (review,) = world.rows("SELECT court_id FROM register.task WHERE kind = 'decide_review'")
    assert review["court_id"] != world.court


def test_a_founded_objection_opens_the_duty_to_act_and_ends_when_it_is_met(world: World) -> None:
    phone = world.phone(world.entity)
    number = filed(world, phone)
    decide(world.desk(), number, Decision("founded", "withdraw"))
    assert set(world.listings) <= set(open_tasks(world, "act_on_objection"))
    assert world.status(phone)["state"] == "decided"
    world.execute("UPDATE register.task SET done_on = begun_on WHERE kind = 'act_on_objection'")
    assert world.status(phone)["state"] == "acted"
    with pytest.raises(NotDecided):
        ask_for_review(world.database, "lin", number)


def test_of_what_has_ended_nothing_is_left_to_do_and_more_takes_the_place_of_less(world: World) -> None:
    world.execute("UPDATE register.task SET done_on = begun_on WHERE done_on IS NULL")
    phones = [world.phone(world.entity) for _ in range(4)]
    numbers = [filed(world, phone) for phone in phones]
    gone, shown = world.listings
    world.execute(
        "UPDATE register.listing SET state = 'deleted', ended_on = serving.today(), ended_cause = 'performed'"
        " WHERE id = %s",
        gone,
    )
    asked = []
    for number, act in zip(numbers, ("correct", "withdraw", "correct", "delete"), strict=True):
        decide(world.desk(), number, Decision("founded", act))
        asked += world.rows(
            "SELECT listing_id, cause FROM register.task WHERE kind = 'act_on_objection' AND done_on IS NULL"
        )
    assert asked == [{"listing_id": shown, "cause": act} for act in ("correct", "withdraw", "withdraw", "withdraw")]
    world.execute("UPDATE register.task SET done_on = begun_on WHERE kind = 'act_on_objection'")
    assert world.status(phones[0])["state"] == "acted"
    world.execute(
        "UPDATE register.listing SET state = 'published', ended_on = NULL, ended_cause = NULL WHERE id = %s", gone
    )


def test_the_duty_to_decide_stays_until_the_last_objection_about_a_listing(world: World) -> None:
    first, second = (filed(world, world.phone(world.other_listing)) for _ in range(2))
    assert open_tasks(world, "decide_objection").count(world.other_listing) == 1
    decide(world.desk(), first, Decision("not_founded", reasons="一"))
    assert world.other_listing in open_tasks(world, "decide_objection")
    decide(world.desk(), second, Decision("not_founded", reasons="二"))
    assert world.other_listing not in open_tasks(world, "decide_objection")


def test_one_founded_in_part_takes_the_listing_off_view(world: World) -> None:
    client = world.app.test_client()
    (row,) = world.rows("SELECT entity_id FROM register.listing WHERE id = %s", world.other_listing)
    assert client.get(f"/v1/entities/{row['entity_id']}").status_code == 200
    phone = world.phone(world.other_listing)
    number = filed(world, phone)
    assert world.status(phone)["stopped_at"] is None
    decide(world.desk(), number, Decision("founded_in_part", reasons="年龄有误"))
    assert client.get(f"/v1/entities/{row['entity_id']}").status_code == 404
    decide(world.desk(), filed(world, world.phone(world.other_listing)), Decision("founded_in_part", reasons="又有误"))
    events = world.rows(
        "SELECT to_state, article FROM register.listing_event WHERE listing_id = %s", world.other_listing
    )
    assert events == [{"to_state": "suspended", "article": "第十二条"}], "once, whatever else was founded"
    assert world.other_listing in open_tasks(world, "correct")
    stopped = datetime.fromisoformat(world.status(phone)["stopped_at"])
    assert timedelta() <= datetime.now(UTC) - stopped < timedelta(minutes=5)
    world.execute("UPDATE register.listing SET state = 'published' WHERE id = %s", world.other_listing)
    assert world.status(phone)["stopped_at"] is None  # shown again, corrected


def test_publication_of_several_stops_with_the_last_and_a_term_at_its_midnight(world: World) -> None:
    phone = world.phone(world.entity)
    filed(world, phone)
    terms = world.rows("SELECT id, term_ends_on FROM register.listing WHERE id = ANY(%s)", world.listings)
    yesterday = today() - timedelta(days=1)
    for listing, stopped in zip(world.listings, (None, f"{yesterday}T16:00:00Z"), strict=True):
        assert world.status(phone)["stopped_at"] is None
        world.execute("UPDATE register.listing SET term_ends_on = %s WHERE id = %s", yesterday, listing)
        assert world.status(phone)["stopped_at"] == stopped
    for row in terms:
        world.execute("UPDATE register.listing SET term_ends_on = %s WHERE id = %s", row["term_ends_on"], row["id"])


def test_only_readers_of_the_court_open_and_each_act_is_in_the_trail(world: World) -> None:
    number = filed(world, world.phone(world.court))
    with pytest.raises(Forbidden):
        open_objection(world.desk("wu"), number)
    with pytest.raises(NotFound):
        open_objection(world.desk(), number + 1000)
    decide(world.desk("zhou"), number, Decision("not_founded", reasons="已核实"))
    entries = world.rows(
        "SELECT action FROM audit.entry INNER JOIN audit.body USING (sequence)"
        " WHERE (content::jsonb ->> 'number') = %s ORDER BY sequence",
        str(number),
    )
    assert [entry["action"] for entry in entries] == ["filing.open", "objection.decide"]
    with world.database.transaction("operator") as connection:
        assert verify(connection) is None


def test_whoever_opens_an_objection_first_has_it_in_hand(world: World) -> None:
    """At the command line as at the console; a forbidden try and a second reader change nothing."""
    number = filed(world, world.phone(world.court))
    with pytest.raises(Forbidden):
        open_objection(world.desk("wu"), number)
    assert holder_of(world, number) is None
    open_objection(world.desk("zhou"), number)
    open_objection(world.desk("lin"), number)
    assert holder_of(world, number) == "zhou"


def holder_of(world: World, number: int) -> object:
    [row] = world.rows(
        "SELECT officer.login FROM register.objection INNER JOIN sealed.filing ON filing.id = filing_id"
        " LEFT JOIN register.officer ON officer.id = holder_id WHERE number = %s",
        number,
    )
    return row["login"]


def test_filing_itself_leaves_no_entry_whose_time_would_date_it(world: World) -> None:
    (before,) = world.rows("SELECT sequence FROM audit.head")
    filed(world, world.phone(world.court))
    assert world.rows("SELECT sequence FROM audit.head") == [before]


def test_thirty_filings_can_be_opened_in_ten_minutes(world: World) -> None:
    number = filed(world, world.phone(world.court))
    world.execute("DELETE FROM sealed.unwrapping")
    world.execute(
        "INSERT INTO sealed.unwrapping (officer_id, filing_id) SELECT officer.id, filing.id FROM register.officer,"
        " (SELECT id FROM sealed.filing WHERE number <> %s LIMIT 29) AS filing WHERE login = 'lin'",
        number,
    )
    lent = world.rows("SELECT FROM sealed.unwrapping")
    for _ in range(29 - len(lent)):
        another = filed(world, world.phone(world.court))
        open_objection(world.desk(), another)
    open_objection(world.desk(), number)
    open_objection(world.desk(), number)
    one_more = filed(world, world.phone(world.court))
    with pytest.raises(TooManyOpened):
        open_objection(world.desk(), one_more)
    open_objection(world.desk("zhou"), one_more)
    world.execute("UPDATE sealed.unwrapping SET unwrapped_at = unwrapped_at - interval '11 minutes'")
    open_objection(world.desk(), one_more)


def test_the_list_shows_numbers_and_clocks_only(world: World) -> None:
    rows = list_objections(world.database, "lin")
    assert rows
    assert set(rows[0]) == {
        "number", "hour", "state", "target_kind", "due_on", "outcome", "decided_on", "overdue", "case_numbers",
    }  # fmt: skip
    assert [row["decided_on"] is None for row in rows] == sorted(
        (row["decided_on"] is None for row in rows), reverse=True
    )


def test_a_relative_who_names_the_court_only_is_helped_by_the_listings_that_the_court_finds(world: World) -> None:
    phone = world.phone(world.court)
    number = filed(world, phone)
    with pytest.raises(Invalid, match="not this court's"):
        decide(world.desk(), number, Decision("founded", "delete", listings=(world.entity,)))
    for decision in (Decision("founded", "delete"), Decision("founded_in_part", reasons="年龄有误")):
        with pytest.raises(Invalid, match="which listings"):
            decide(world.desk(), number, decision)
    assert world.status(phone)["messages"] == []
    decide(world.desk(), number, Decision("founded", "delete", listings=tuple(world.listings)))
    assert set(world.listings) <= set(open_tasks(world, "act_on_objection"))
    assert world.status(phone)["state"] == "decided"
    named = filed(world, world.phone(world.listings[0]))
    with pytest.raises(Invalid, match="named the listings"):
        decide(world.desk(), named, Decision("founded", "delete", listings=(world.listings[1],)))


def test_an_answer_made_before_a_rotation_is_checked_by_its_own_statements(world: World) -> None:
    phone = world.phone(world.court)
    answer(world.desk(), filed(world, phone), "vorher")
    rotate(world.database, world.code, ROOT, world.desk("lin").reader)
    status = world.status(phone)
    stated = [Statement.from_json(key) for key in status["keys"]]
    path = [Wanted(str(world.court), "sign"), Wanted(str(world.court), "box")]
    assert check_path(stated, ROOT.public, path, now()) == phone.court_key
    assert phone.read(status["messages"][0]).text == "vorher"
    assert world.key("box")[0] == status["messages"][0]["key_id"] + 1
