from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from click.testing import Result
from psycopg.rows import DictRow

from backend.app import create_app
from tests.integration.listings.lists import Importer, person

Register = psycopg.Connection[DictRow]
Run = Callable[..., Result]


@pytest.fixture
def run(importer: Importer) -> Run:
    """Runs `flask --app backend` with these arguments."""
    runner = create_app(importer.settings, importer.database).test_cli_runner()

    def run(*arguments: object) -> Result:
        return runner.invoke(args=[str(argument) for argument in arguments])

    return run


def test_an_import_ends_with_a_summary(importer: Importer, run: Run) -> None:
    path = importer.write([person(1), person(2, age="17"), person(3, courtName="没有的法院"), person(4, age="3")])
    result = run("listings", "import", path)
    assert result.exit_code == 0
    for line in (
        "共 4 行",
        "新增 1 ",
        "变更 0 ",
        "不变 0 ",
        "隔离 3 ",
        "未成年人不得列入 2 ",
        "法院名称无法识别 1 ",
        "--quarantine",
    ):
        assert line in result.stdout
    assert "演示" not in result.stdout


def test_a_quarantine_file_is_named(importer: Importer, run: Run) -> None:
    path = importer.write([person(1, age="17")])
    result = run("listings", "import", path, "--quarantine", importer.folder / "bad.xlsx")
    assert result.exit_code == 0
    assert "bad.xlsx" in result.stdout
    assert (importer.folder / "bad.xlsx").exists()


def test_an_import_beside_demo_records_says_so(importer: Importer, run: Run) -> None:
    assert "已填入 300 条演示数据" in run("demo", "fill", "--listings", 300).stdout
    result = run("listings", "import", importer.write([person(1), person(2)]))
    assert "库中有 300 条演示数据;导入的 2 条按真实数据显示,不带“演示”标记。" in result.stdout
    assert "The database holds 300 demo records; the 2 imported are shown as real" in result.stdout
    assert "已清除 300 条演示数据" in run("demo", "clear").stdout
    assert "演示" not in run("listings", "import", importer.folder / "list.json").stdout


def test_a_dry_run_says_that_nothing_changed(importer: Importer, register: Register, run: Run) -> None:
    result = run("listings", "import", importer.write([person(1)]), "--dry-run")
    assert "Dry run: nothing was changed." in result.stdout
    assert register.execute("SELECT 1 FROM register.listing").fetchall() == []


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["none.json"], 1, "none.json cannot be read: no such file or directory."),
        (["."], 1, "cannot be read: is a directory."),
        (["none.json", "--mapping", "none.toml"], 1, "none.toml cannot be read"),
        (["none.json", "--full"], 2, "--full and --court CODE go together."),
        (["none.json", "--court", "示0101"], 2, "--full and --court CODE go together."),
    ],
)
def test_a_command_that_cannot_go_on_ends_with_one_sentence(
    run: Run, arguments: list[str], code: int, sentence: str
) -> None:
    result = run("listings", "import", *arguments)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_the_serving_tables_are_checked_and_rebuilt(importer: Importer, run: Run, register: Register) -> None:
    importer.take([person(1), person(2)])
    assert run("serving", "check").exit_code == 0
    assert run("serving", "fold").exit_code == 0
    register.execute("DELETE FROM serving.entity_row")
    register.commit()
    spoilt = run("serving", "check")
    assert spoilt.exit_code == 1
    assert "rows 2" in spoilt.stderr
    assert run("serving", "rebuild").exit_code == 0
    assert run("serving", "check").exit_code == 0
