from __future__ import annotations

from pathlib import Path

from click.testing import Result

from tests.integration.filing_world import World


def run(world: World, *arguments: str, login: str = "lin") -> Result:
    options = () if arguments == ("tips", "close") else ("--officer", login)
    runner = world.app.test_cli_runner()
    return runner.invoke(args=[*arguments, *options], env={"OFFICER_PHRASE": world.phrases[login]})


def test_an_officers_day_by_command_line(world: World, tmp_path: Path) -> None:
    phone = world.phone(world.listings[0])
    body = phone.seal("车停在虚构路", jpegs=(b"\xff\xd8 proof",), kind="property", contact="虚构电话")
    number = str(world.file(body).get_json()["number"])
    world.post("/messages", phone.words(1, "补充说明"))
    listed = run(world, "tips", "list").output
    assert f"{number}\t" in listed
    assert "listing\treceived" in listed
    opened = run(world, "tips", "open", number, "--photos", str(tmp_path))
    for said in ("车停在虚构路", "虚构电话", "[1] 补充说明", "photos: 1", "property"):
        assert said in opened.output, opened.output
    assert (tmp_path / f"tip-{number}-1.jpg").read_bytes() == b"\xff\xd8 proof"
    assert "Answered (1)" in run(world, "tips", "answer", number, "--text", "已收到").output
    refused = run(world, "tips", "decide", number, "--outcome", "not_used")
    assert (refused.exit_code, "reason" in refused.output) == (1, True)
    decided = run(world, "tips", "decide", number, "--outcome", "not_used", "--reason", "unconfirmed")
    assert decided.exit_code == 0, decided.output
    assert "unconfirmed" in run(world, "tips", "list").output
    assert world.status(phone)["reason"] == "unconfirmed"
    assert "tips closed" in run(world, "tips", "close").output


def test_refusals_are_told_in_a_sentence(world: World) -> None:
    wrong = world.app.test_cli_runner().invoke(
        args=["tips", "open", "1", "--officer", "lin"], env={"OFFICER_PHRASE": "six wrong words"}
    )
    number = str(world.file(world.phone().seal()).get_json()["number"])
    for result in (
        wrong,
        run(world, "tips", "open", "9999"),
        run(world, "tips", "open", number, login="wu"),
        run(world, "tips", "decide", number, "--outcome", "useful", login="zhou"),
    ):
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert "Traceback" not in result.output
