"""`flask --app backend filings …`: what the operator runs; nothing of it opens a filing."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from backend.core.errors import OperatorError
from backend.core.filings.desk import shred_store
from backend.core.filings.shredding import count_kept, list_keyless, record_heads, shred_claims, shred_due
from backend.core.filings.shredding import sweep as sweep_keys
from backend.core.http import database, settings

filings_cli = AppGroup("filings", help="Sealed filings and the keys that destroy them (密封材料).")


@filings_cli.command("shred")
def shred() -> None:
    """Destroy what was closed SHRED_DAYS ago or earlier, and claims closed CLAIM_SHRED_DAYS ago; once a day."""
    shredded = shred_due(database(), shred_store(), settings().filings.shred_days)
    claims = shred_claims(database(), shred_store(), settings().filings.claim_shred_days)
    click.echo(f"已销毁 {shredded} 件,领奖材料 {claims} 件。 {shredded} filings destroyed, {claims} claims.")
    if kept := count_kept(database(), settings().filings.shred_days):
        click.echo(f"{kept} 件因领奖或复议未办结而保留。 {kept} kept until their claims or reviews have ended.")


@filings_cli.command("sweep")
def sweep() -> None:
    """Erase keys older than a day that no filing came to; once a day."""
    click.echo(f"{sweep_keys(database(), shred_store())} keys swept.")


@filings_cli.command("check")
def check() -> None:
    """Fail where a filing lacks its key: nobody can read it any more."""
    keyless = list_keyless(database(), shred_store())
    if keyless:
        raise OperatorError(f"{len(keyless)} filings have no key: {', '.join(map(str, keyless[:5]))}")
    click.echo("每件都有自己的密钥。 Every filing has its key.")


@filings_cli.command("heads")
def heads() -> None:
    """Put the heads of the courts' chains into the audit trail, without numbers; once a day."""
    click.echo(f"{record_heads(database())} heads recorded.")
