"""`flask --app backend audit …`"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from backend.core.audit import find_head, verify
from backend.core.audit_jobs import head_file
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
        head = find_head(connection)
    if found:
        raise OperatorError(f"The audit trail is broken at entry {found.sequence}: {found.reason}.")
    click.echo(
        f"审计记录完整:{head.sequence:,} 条,已签名的链头 {len(known):,} 个。"
        f" The trail is whole: {head.sequence:,} entries, {len(known):,} signed heads."
    )


@audit_cli.command("sign")
def sign_head() -> None:
    """Sign the present head and keep it outside the database; the worker does it every ten minutes."""
    head = sign(database(), settings())
    click.echo(f"{head.sequence} {head.digest.hex()}")
