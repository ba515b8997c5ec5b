"""`flask --app backend notices …`: reward notices by command line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import click
from flask.cli import AppGroup

from backend.core.errors import OperatorError
from backend.core.http import database
from backend.core.officers import Signatures, find_officer
from backend.core.options import DAY
from backend.notices import service
from backend.notices.domain import CLOSING_CAUSES, FUNDERS, KINDS, Reward

notices_cli = AppGroup("notices", help="Reward notices (悬赏公告).")
_officer = click.option("--officer", required=True, help="Login of the officer who acts.")
_approver = click.option("--approved-by", required=True, help="Login of the second officer.")


@notices_cli.command("draft")
@click.argument("listing", type=click.UUID)
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What is sought.")
@click.option("--amount", help="A fixed reward, in yuan.")
@click.option("--percent", help="Or per cent of what is recovered thanks to the tip.")
@click.option("--cap", help="With --percent: the most it may come to, in yuan.")
@click.option("--funder", type=click.Choice(FUNDERS), default="creditor", help="Who pays; never by name.")
@click.option("--how-to-claim", help="What the court adds to the words under every notice.")
@click.option("--requested-on", type=DAY, required=True, help="Day of the creditor's written request.")
@click.option("--until", type=DAY, required=True, help="Last day of the notice.")
@_officer
def draft(listing: UUID, officer: str, **said: Any) -> None:
    """Prepare a notice for LISTING, at the creditor's written request."""
    amount, percent, cap = (_number(said[name]) for name in ("amount", "percent", "cap"))
    basis = "fixed" if percent is None else "percent_recovered"
    wanted = service.Draft(
        said["kind"], Reward(basis, amount, percent, cap), said["requested_on"], said["until"],
        said["funder"], said["how_to_claim"],
    )  # fmt: skip
    with database().transaction("operator") as connection:
        notice, due_on = service.draft(connection, listing, wanted, find_officer(connection, officer))
    click.echo(f"{notice}: 应在 {due_on} 前答复申请执行人。 The creditor's answer is due on {due_on}.")


@notices_cli.command("approve")
@click.argument("notice", type=click.UUID)
@_officer
def approve(notice: UUID, officer: str) -> None:
    """Sign NOTICE as the second, different officer."""
    with database().transaction("operator") as connection:
        service.approve(connection, notice, find_officer(connection, officer))
    click.echo(f"{notice}: approved")


@notices_cli.command("publish")
@click.argument("notice", type=click.UUID)
@click.option("--from", "first", type=DAY, help="The first day; today where not given.")
@_officer
def publish(notice: UUID, first: date | None, officer: str) -> None:
    """Let the approved NOTICE run."""
    with database().transaction("operator") as connection:
        service.publish(connection, notice, find_officer(connection, officer), first)
    click.echo(f"{notice}: published")


@notices_cli.command("extend")
@click.argument("notice", type=click.UUID)
@click.option("--until", type=DAY, required=True, help="The new last day.")
@_officer
@_approver
def extend(notice: UUID, until: date, officer: str, approved_by: str) -> None:
    """Move the last day of NOTICE."""
    with database().transaction("operator") as connection:
        signed = Signatures(find_officer(connection, officer), find_officer(connection, approved_by))
        service.extend(connection, notice, until, signed)
    click.echo(f"{notice}: {until}")


@notices_cli.command("close")
@click.argument("notice", type=click.UUID, required=False)
@click.option("--cause", type=click.Choice([*CLOSING_CAUSES, "paid"]), help="Why; paid needs --approved-by.")
@click.option("--officer", help="Login of the officer who acts.")
@click.option("--approved-by", help="Login of the second officer.")
@click.option("--ended", is_flag=True, help="Instead: close every notice that is past its last day.")
def close(notice: UUID | None, cause: str | None, officer: str | None, approved_by: str | None, ended: bool) -> None:  # noqa: FBT001
    """End NOTICE, or with --ended all that are past their last day."""
    if ended:
        with database().transaction("operator") as connection:
            count = service.close_ended(connection)
        click.echo(f"已关闭 {count} 条。 {count} notices closed.")
        return
    if notice is None or cause is None or officer is None:
        raise click.UsageError("NOTICE, --cause and --officer go together; or give --ended.")
    with database().transaction("operator") as connection:
        acts = find_officer(connection, officer)
        if cause == "paid":
            second = find_officer(connection, approved_by) if approved_by else None
            service.pay(connection, notice, Signatures(acts, second))
        else:
            service.close(connection, notice, cause, acts)
    click.echo(f"{notice}: {'paid' if cause == 'paid' else 'closed'}")


@notices_cli.command("list")
@_officer
def list_notices(officer: str) -> None:
    """List the notices of the officer's court, those that wait for an answer first."""
    with database().transaction("operator") as connection:
        rows = service.list_notices(connection, find_officer(connection, officer))
    for row in rows:
        due = f"答复 due {row['answer_due_on']}{' 逾期 overdue' if row['overdue'] else ''}"
        days = f"{row['published_on'] or '—'} … {row['ends_on']}"
        state = due if row["state"] == "draft" else (row["closed_cause"] or "")
        click.echo(f"{row['id']}\t{row['state']}\t{row['kind']}\t{row['case_number']}\t{days}\t{state}")


def _number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        raise OperatorError(f"{text} is not a number.") from None
