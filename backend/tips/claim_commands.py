"""`flask --app backend claims …`: reward officers' work.

Run it on the reward officer's machine: what it opens, and the file for the cashier, stand nowhere else in the clear.
"""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup

from backend.core.desk_tables import is_formula
from backend.core.errors import OperatorError
from backend.core.filings.officers import desk_of, number_argument, officer_option, phrase_option
from backend.core.http import database
from backend.tips import claim_payments, claims
from backend.tips.domain import Eligibility

claims_cli = AppGroup("claims", help="Claims of rewards for tips (领奖).")
_HEADER = ("收款人 payee", "账号 account", "金额 amount", "领奖号 claim")


class Yuan(click.ParamType[Decimal]):
    """A sum in yuan, to the fen."""

    name = "yuan"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            sum_of = Decimal(str(value)).quantize(Decimal("0.01"))
        except ArithmeticError:
            self.fail("is no sum of yuan", param, ctx)
        return sum_of


@claims_cli.command("list")
@officer_option
def show_list(officer: str) -> None:
    """List the claims of the officer's court: number, day, state, rank and amount; never who claims."""
    rows = claims.list_claims(database(), officer)
    for row in rows:
        state = "proposed" if row["proposed_on"] and not row["approved_on"] else row["state"]
        click.echo(f"{row['number']}\t{row['filed_on']}\t{state}\t{row['tip_rank'] or '—'}\t{row['amount'] or '—'}")


@claims_cli.command("open")
@number_argument
@click.option("--reason", required=True, help="Why; recorded before it is opened.")
@officer_option
@phrase_option
def show(number: int, reason: str, officer: str, phrase: str) -> None:
    """Show who makes claim NUMBER, checked against the tip's award; recorded, and limited."""
    opened = claims.open_claim(desk_of(officer, phrase), number, reason)
    click.echo(f"{number}\t线索 tip {opened.award.number}\t顺位 rank {opened.award.rank}")
    click.echo(f"{opened.claim.name}\t{opened.claim.identity_number}\t{opened.claim.account}")


@claims_cli.command("propose")
@number_argument
@click.option("--recovered", type=Yuan(), required=True, help="Yuan recovered thanks to the tip.")
@click.option("--notice", type=click.UUID, help="Which notice promised it, where there are several.")
@click.option("--not-agent/--agent", required=True, help="The claimant is no agent of the creditor.")
@click.option("--not-bound/--bound", required=True, help="The claimant had no duty to give the clue.")
@click.option("--not-known/--known", required=True, help="The court did not know the clue before.")
@click.option("--claim-met/--claim-unmet", default=False, help="The creditor's claim was met, in whole or part.")
@click.option("--found/--not-found", default=False, help="The court found them thanks to the tip (whereabouts).")
@officer_option
@phrase_option
def propose(number: int, recovered: Decimal, notice: UUID | None, officer: str, phrase: str, **eligible: bool) -> None:
    """Propose the reward for claim NUMBER, by the notice's rule and cap."""
    proposal = claims.Proposal(recovered, Eligibility(**eligible), notice)
    amount = claims.propose(desk_of(officer, phrase), number, proposal)
    click.echo(f"{number}: {amount} 元 yuan")


@claims_cli.command("approve")
@number_argument
@officer_option
def approve(number: int, officer: str) -> None:
    """Approve what another officer proposed for claim NUMBER."""
    amount = claims.approve(database(), officer, number)
    click.echo(f"{number}: {amount} 元 yuan 已批准 approved")


@claims_cli.command("refuse")
@number_argument
@click.option("--reason", required=True, help="Why; recorded in the trail.")
@officer_option
@phrase_option
def refuse(number: int, reason: str, officer: str, phrase: str) -> None:
    """Close claim NUMBER without a reward."""
    claims.refuse(desk_of(officer, phrase), number, reason)
    click.echo(f"{number}: 未批准 refused")


@claims_cli.command("export")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="A new file, for the cashier alone."
)
@officer_option
@phrase_option
def export(out: Path, officer: str, phrase: str) -> None:
    """Write what the cashier is to pay and was not given before: payee, account, amount, claim; no case and no tip."""
    desk = desk_of(officer, phrase)
    payments = claim_payments.open_payments(desk)
    for number, why in payments.skipped:
        click.echo(f"{number}: 打不开,未写入 skipped: {why}", err=True)
    _write(out, payments.rows)
    waiting = claim_payments.note_exported(desk, [number for *_, number in payments.rows])
    more = f", {waiting} 笔待下次 more wait: export again" if waiting else ""
    click.echo(f"{len(payments.rows)} 笔 payments{more}")


def _write(out: Path, payments: list[tuple[str, str, Decimal, int]]) -> None:
    """On the disk when this returns: what is in the file is not exported again."""
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OperatorError(f"{out.name} is there already.") from None
    # With a mark of its encoding, or spreadsheets spoil Chinese names.
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        writer.writerows([_plain(name), _plain(account), amount, number] for name, account, amount, number in payments)
        file.flush()
        os.fsync(file.fileno())


def _plain(text: str) -> str:
    """What a spreadsheet would take for a formula, or an account that it would round, is marked as text."""
    return "\t" + text if is_formula(text) or text.isdigit() else text
