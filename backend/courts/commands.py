"""`flask --app backend courts …` and `flask --app backend officers …`"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from backend.core.errors import OperatorError, ProductError
from backend.core.http import database, settings
from backend.core.limits import brakes
from backend.courts.demo_desk import COURT, open_demo_desk
from backend.courts.demo_keys import demo_phrases
from backend.courts.officer_rules import ROLES
from backend.courts.officers import NewOfficer, add_officer, end_officer, list_officers
from backend.courts.service import load_courts as load
from backend.courts.sign_in import forget_all_factors, set_password

courts_cli = AppGroup("courts", help="Courts and the six grounds (法院).")
officers_cli = AppGroup("officers", help="Who acts for a court (法院工作人员).")


@courts_cli.command("load")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    metavar="COURTS.csv",
    help="Your own corrections: code,name,level,area_code,superior_code,phone,address; empty cells change nothing.",
)
def load_courts(file: Path | None) -> None:
    """Load courts by rule and by corrections, and the grounds; run it after `areas load`."""
    load(database(), file)


@officers_cli.command("add")
@click.argument("login")
@click.option("--court", required=True, help="The court's sign in case numbers, e.g. 冀0108.")
@click.option("--name", required=True, help="As it stands in the trail.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be repeated.")
def add(login: str, court: str, name: str, roles: tuple[str, ...]) -> None:
    """Add an officer of a court."""
    add_officer(database(), NewOfficer(court, login, name, roles))
    click.echo(f"已添加 {login}。 Added {login}.")


@officers_cli.command("end")
@click.argument("login")
def end(login: str) -> None:
    """Let an officer act no more; what they did stays in the trail."""
    end_officer(database(), login)
    click.echo(f"{login} 不再有权限。 {login} may act no more.")


@officers_cli.command("password")
@click.argument("login")
@click.password_option(help="At least 15 characters; asked for when not given.")
def password(login: str, password: str) -> None:
    """Give an officer a first or a new password for the console."""
    try:
        set_password(database(), login, password)
    except ProductError as error:
        raise OperatorError(f"{error.title}.") from None
    click.echo(f"{login} 的密码已设置。 The password of {login} is set.")


@officers_cli.command("forget-factors")
@click.argument("login")
def forget(login: str) -> None:
    """Forget the passkeys and codes of an officer who lost them; the next sign-in makes new ones."""
    forget_all_factors(database(), login)
    click.echo(f"{login} 的第二重验证已清除。 The second factors of {login} are forgotten.")


@click.command("desk")
@with_appcontext
def demo_desk() -> None:
    """Print a way into the console for each invented officer; each run makes new ones."""
    ways = open_demo_desk(database(), settings(), brakes().keys)
    phrases = demo_phrases(settings().var_dir)
    click.echo(f"法院工作台 / Court console  http://localhost:{settings().port}/court  {COURT}")
    click.echo("虚构人员,仅供本机演示。 Invented officers, for a demo on this machine only.\n")
    for way in ways:
        click.echo(f"{way.login}\t{', '.join(way.roles)}\n  密码 password  {way.password}")
        click.echo(f"  验证器密钥 authenticator secret  {way.secret}  现在的验证码 code now  {way.code}")
        if way.login in phrases:
            click.echo(f"  密钥口令 phrase that opens sealed filings  {phrases[way.login]}")


@officers_cli.command("list")
def show() -> None:
    """List every officer."""
    for row in list_officers(database()):
        roles = ", ".join(row["roles"]) if row["active"] else "已停用 ended"
        click.echo(f"{row['court']}\t{row['login']}\t{row['name']}\t{roles}")
