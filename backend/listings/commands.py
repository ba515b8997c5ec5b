"""Commands: `listings import`, `demo fill`, `demo clear`, `serving check`, `serving fold`, `serving rebuild`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict, Unpack

import click
from flask.cli import AppGroup

from backend.core.errors import OperatorError
from backend.core.http import database, settings
from backend.listings.demo.people import EXAMPLE_NAME, EXAMPLE_NUMBER
from backend.listings.importing import Options, Progress, Summary
from backend.listings.mapping import load_mapping
from backend.listings.service import check_serving, clear_demo, fill_demo, fold_counts, import_file, rebuild_serving

_CLEAR = "flask --app backend demo clear"
_LINES = (
    ("new", "新增", "new"),
    ("republished", "再次列入", "listed again"),
    ("changed", "变更", "changed"),
    ("unchanged", "不变", "unchanged"),
    ("removed", "移出(文件写明原因)", "removed, cause stated"),
    ("withdrawn", "撤下(未成年人)", "withdrawn, a minor by this file"),
    ("overruled", "未收(本文件另有一行表明其未成年)", "not taken, a minor by another row of this file"),
    ("dropped", "移出(不在新名单中)", "removed, no longer in the full list"),
    ("kept", "保留(其行在隔离中)", "kept, since their rows are in quarantine"),
    ("unknown", "移出但库中没有", "removals of listings that were never here"),
    ("repeated", "文件内重复", "repeated in the file, the last one counts"),
)


listings_cli = AppGroup("listings", help="Courts' lists (失信被执行人名单).")
demo_cli = AppGroup("demo", help="Fictional listings (演示数据).")
serving_cli = AppGroup("serving", help="The tables that the public reads (查询用表).")


class _Choices(TypedDict):
    mapping_file: Path | None
    quarantine: Path | None
    full: bool
    court_code: str | None
    approved_by: str | None
    dry_run: bool


@listings_cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="TOML table of your own headers.")
@click.option("--quarantine", type=click.Path(path_type=Path), help="XLSX for the rows that could not be taken.")
@click.option("--full", is_flag=True, help="The file is the whole list of --court; what it lacks is removed.")
@click.option("--court", "court_code", help="Court code as in case numbers, e.g. 冀0108; with --full.")
@click.option(
    "--approved-by", help="Login of the second officer, an approver of that court, for a large change of a full list."
)
@click.option("--dry-run", is_flag=True, help="Show what would happen and change nothing.")
def import_list(file: Path, **choices: Unpack[_Choices]) -> None:
    """Import FILE: JSON, JSON lines, CSV or XLSX, as docs/import.md describes."""
    if choices["full"] != bool(choices["court_code"]):
        raise click.UsageError("--full and --court CODE go together.")
    if choices["approved_by"] and not choices["full"]:
        raise click.UsageError("--approved-by goes with --full: nothing else needs it.")
    options = Options(
        load_mapping(choices["mapping_file"]),
        full_list_of=choices["court_code"],
        approved_by=(choices["approved_by"] or "").strip() or None,
        dry_run=choices["dry_run"],
        quarantine=choices["quarantine"],
    )
    with _bar(file.stat().st_size if file.is_file() else 0, file.name) as progress:
        summary = import_file(database(), settings(), file, options, progress)
    _print(summary, options)


@demo_cli.command("fill")
@click.option("--listings", type=click.IntRange(1, 5_000_000), help="How many; DEMO_LISTINGS where not given.")
def fill(listings: int | None) -> None:
    """Fill in fictional listings, in place of those there are; a court's own are left alone."""
    wanted = listings or settings().demo_listings
    with _bar(wanted, "demo") as progress:
        filled = fill_demo(settings(), database(), wanted, again=True, progress=progress)
    click.echo(f"已填入 {filled:,} 条演示数据,都是虚构的。 {filled:,} fictional listings; clear them: {_CLEAR}")
    click.echo(f"可试自查 To try the self-check: {EXAMPLE_NAME} {EXAMPLE_NUMBER}")


@demo_cli.command("clear")
def clear() -> None:
    """Remove every demo record and nothing else."""
    removed = clear_demo(database())
    click.echo(f"已清除 {removed:,} 条演示数据。 {removed:,} demo records removed.")


@serving_cli.command("check")
def check() -> None:
    """Compare what the public reads with the register; fails where they differ."""
    differing = check_serving(database())
    if any(differing.values()):
        said = ", ".join(f"{place} {number:,}" for place, number in differing.items())
        raise OperatorError(f"The serving tables differ from the register: {said}. Mend them: serving rebuild.")
    click.echo("查询用表与库一致。 The serving tables hold what the register says.")


@serving_cli.command("fold")
def fold() -> None:
    """Count the present day: for a daily job; answers stay the same and stay fast."""
    fold_counts(database())
    click.echo("已计入今天。 Today is counted.")


@serving_cli.command("rebuild")
def rebuild() -> None:
    """Build the tables anew and swap them while reads go on."""
    rebuild_serving(database())
    click.echo("已重建。 Rebuilt.")


@contextmanager
def _bar(length: int, label: str) -> Iterator[Progress]:
    """A progress bar on a terminal; sentences go to standard error in any case."""
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield Progress(lambda position: bar.update(position - bar.pos), lambda text: click.echo(f"\n{text}", err=True))


def _print(summary: Summary, options: Options) -> None:
    if options.dry_run:
        click.echo("试运行:没有改变任何数据。 Dry run: nothing was changed.")
    click.echo(f"共 {summary.rows:,} 行 rows")
    for name, zh, en in _LINES:
        number = getattr(summary, name)
        if number or name in {"new", "changed", "unchanged", "removed"}:
            click.echo(f"  {zh} {number:,}  {en}")
    click.echo(f"  隔离 {sum(summary.quarantined.values()):,}  quarantined")
    for reason, number in sorted(summary.quarantined.items(), key=lambda item: -item[1]):
        click.echo(f"    {reason.zh} {number:,}  {reason.en}")
    if summary.quarantined and options.quarantine:
        click.echo(f"隔离的行在 {options.quarantine},改好后可直接再次导入。 Mend them there and import that file.")
    elif summary.quarantined:
        click.echo("要得到隔离的行,请加 --quarantine FILE.xlsx。 Add --quarantine FILE.xlsx to get these rows.")
    if summary.demo:
        taken = summary.new + summary.republished + summary.changed + summary.unchanged
        click.echo(
            f"库中有 {summary.demo:,} 条演示数据;导入的 {taken:,} 条按真实数据显示,不带“演示”标记。\n"
            f"清除演示数据:{_CLEAR}\n"
            f"The database holds {summary.demo:,} demo records; the {taken:,} imported are shown as real, without the"
            f" DEMO mark. Clear the demo records: {_CLEAR}"
        )
