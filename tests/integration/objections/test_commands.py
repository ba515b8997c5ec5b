from __future__ import annotations

from pathlib import Path

from click.testing import Result

from tests.integration.filing_world import World


def run(world: World, *arguments: str, login: str = "lin") -> Result:
    runner = world.app.test_cli_runner()
    officer = ("--officer", login) if arguments[0] == "objections" else ()
    return runner.invoke(args=[*arguments, *officer], env={"OFFICER_PHRASE": world.phrases[login]})


def test_an_officers_day_by_command_line(world: World, tmp_path: Path) -> None:
    phone = world.phone(world.listings[0])
    body = phone.seal("不是我", jpegs=(b"\xff\xd8 proof",), contact="虚构电话")
    number = str(world.file(body).get_json()["number"])
    world.post("/messages", phone.words(1, "补充说明"))
    listed = run(world, "objections", "list").output
    assert f"{number}\t" in listed
    assert "received" in listed
    opened = run(world, "objections", "open", number, "--photos", str(tmp_path))
    for said in ("不是我", "虚构电话", "[1] 补充说明", "photos: 1"):
        assert said in opened.output, opened.output
    assert (tmp_path / f"objection-{number}-1.jpg").read_bytes() == b"\xff\xd8 proof"
    assert "Answered (1)" in run(world, "objections", "answer", number, "--text", "已收到").output
    refused = run(world, "objections", "decide", number, "--outcome", "not_founded")
    assert refused.exit_code == 1
    assert "reasons" in refused.output
    decided = run(world, "objections", "decide", number, "--outcome", "not_founded", "--reasons", "已核实")
    assert decided.exit_code == 0, decided.output
    assert "review asked for" in run(world, "objections", "review", number).output
    assert "not_founded" in run(world, "objections", "list").output
    assert [phone.read(message).n for message in world.status(phone)["messages"]] == [1, 2]


def test_refusals_are_told_in_a_sentence(world: World) -> None:
    wrong = world.app.test_cli_runner().invoke(
        args=["objections", "open", "1", "--officer", "lin"], env={"OFFICER_PHRASE": "six wrong words"}
    )
    for result in (
        wrong,
        run(world, "objections", "open", "9999"),
        run(world, "objections", "review", "9999"),
        run(world, "objections", "decide", "1", "--outcome", "founded"),
    ):
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert "Traceback" not in result.output


def test_the_operators_daily_commands(world: World) -> None:
    world.file(world.phone().seal())
    assert "0 filings destroyed" in run(world, "filings", "shred").output
    assert "0 keys swept" in run(world, "filings", "sweep").output
    assert "heads recorded" in run(world, "filings", "heads").output
    assert run(world, "filings", "check").exit_code == 0
    (row,) = world.rows("SELECT id FROM sealed.filing ORDER BY number DESC LIMIT 1")
    key = world.store.find(row["id"])
    assert key
    world.store.erase(row["id"])
    missing = run(world, "filings", "check")
    assert missing.exit_code == 1
    assert str(row["id"]) in missing.output
