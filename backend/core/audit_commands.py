"""`flask --app backend audit …`"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from backend.core.audit import find_head, list_restores, verify
from backend.core.audit_jobs import head_file, note_restore
from backend.core.audit_jobs import sign_head as sign
from backend.core.errors import OperatorError
from backend.core.http import database, settings

audit_cli = AppGroup("audit", help="The trail of everything that was changed (审计记录).")


@audit_cli.command("verify")
def verify_trail() -> None:
    """Walk the whole chain and the signed heads; fails at the first entry that is not what it was."""
    known = head_file(settings()).read()
    with database().transaction("operator") as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = verify(connection, known)
        if found:
            raise OperatorError(f"The audit trail is broken at entry {found.sequence}: {found.reason}.")
        head, restores = find_head(connection), list_restores(connection)
    click.echo(
        f"审计记录完整:{head.sequence:,} 条,已签名的链头 {len(known):,} 个。"
        f" The trail is whole: {head.sequence:,} entries, {len(known):,} signed heads."
    )
    for sequence in restores:
        click.echo(
            f"第 {sequence:,} 条记录:数据库由备份恢复,其后一段记录缺失。"
            f" Entry {sequence:,} says that a backup was restored: what came between them is lost."
        )


@audit_cli.command("restored")
@click.option("--reason", required=True, help="Which backup, why, and who restored it: for the trail.")
def restored(reason: str) -> None:
    """Note in the trail that the database was restored from a backup, and go on signing heads.

    The file of signed heads is put aside whole; those that lie in the restored trail stay signed.
    """
    aside = note_restore(database(), settings(), reason)
    click.echo(f"已记录恢复,原链头文件保存为 {aside.name}。 Noted; all signed heads are kept in {aside.name}.")


@audit_cli.command("sign")
def sign_head() -> None:
    """Sign the present head and keep it outside the database; the worker does it every ten minutes."""
    head = sign(database(), settings())
    click.echo(f"{head.sequence} {head.digest.hex()}")
