"""`flask --app backend keys …`: run it on the keeper's machine; secrets pass through this command line only."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

import click
from flask.cli import AppGroup

from backend.core.errors import OperatorError
from backend.core.filings.cert_key import make_cert_key, read_cert_key
from backend.core.filings.keyring import Reader, open_keyring
from backend.core.http import database, settings
from backend.core.sealing.envelopes import KEY_BYTES
from backend.core.sealing.refusals import Malformed
from backend.core.sealing.signatures import SEED_BYTES, verify_key_of
from backend.core.sealing.wire import Json, to_bytes, to_text
from backend.courts import keys
from backend.courts.keeping import Root, Sheets

keys_cli = AppGroup("keys", help="Courts' keys (法院密钥): run on the keeper's machine.")
_PATH = click.Path(path_type=Path)
_root_file = click.option("--root-file", type=_PATH, help="File with the root's secret, from `keys make-root`.")
_by = click.option("--by", required=True, help="Login of the keeper; asks for the phrase.")
_phrase = click.option(
    "--phrase",
    envvar="OFFICER_PHRASE",
    prompt="口令 Phrase",
    hide_input=True,
    help="That officer's six words; better typed when asked.",
)


@keys_cli.command("make-root")
@click.option("--out", type=_PATH, required=True, help="A new folder, on a machine without a network.")
def make_root(out: Path) -> None:
    """Make the root: its secret for paper, its public half for ROOT_PUBLIC_KEY and the mini-program.

    There it stands in miniprogram/pages/filings/seal/root-key.ts.
    """
    seed = secrets.token_bytes(SEED_BYTES)
    _write(out / "root-secret.txt", to_text(seed))
    _write(out / "root-public.txt", to_text(verify_key_of(seed)))
    click.echo(f"ROOT_PUBLIC_KEY={to_text(verify_key_of(seed))}")
    click.echo(f"请抄写或打印 {out}/root-secret.txt 后删除该文件。 Put the secret on paper, then delete the file.")


@keys_cli.command("make-server")
def make_server() -> None:
    """On the server: make the key that signs certificates, if there is none; prints its public half."""
    click.echo(to_text(verify_key_of(make_cert_key(_cert_path()))))


@keys_cli.command("make-court")
@click.argument("court")
@_root_file
@click.option("--server-key", help="What `keys make-server` printed on the server; left out, this machine's.")
@click.option("--out", type=_PATH, required=True, help="A folder for the two recovery sheets.")
def make_court(court: str, root_file: Path | None, server_key: str | None, out: Path) -> None:
    """Make all keys of COURT, sealed to its officers and to recovery, and certified by the root."""
    server = to_bytes(server_key, KEY_BYTES) if server_key else verify_key_of(read_cert_key(_cert_path()))
    sheets = keys.make_court(database(), court, _root(root_file), server)
    if sheets:
        _write(out / f"{court}-sheet-1.txt", to_text(sheets.first))
        _write(out / f"{court}-sheet-2.txt", to_text(sheets.second))
        click.echo(f"恢复密钥分两张纸保存,由两人分别保管:{out}。 Keep the two sheets with two people, then delete.")
    click.echo(f"{court}: 密钥已生成。 Keys made.")


@keys_cli.command("add-officer")
@click.argument("login")
@click.option("--by", help="Login of an officer of the court who holds its keys; asks for the phrase.")
@click.option("--phrase", envvar="OFFICER_PHRASE", help="That officer's six words; better typed when asked.")
def add_officer(login: str, by: str | None, phrase: str | None) -> None:
    """Give LOGIN a key, and let a holder seal the court's keys to it after comparing its fingerprint in person."""
    holder = None
    if by:
        holder = _reader(by, phrase or click.prompt("口令 Phrase", hide_input=True))
    added = keys.add_officer_key(database(), login, holder)
    if added.phrase:
        click.echo(f"{login} 的口令(只显示这一次) Phrase, shown once: {added.phrase}")
    click.echo(
        f"指纹 Fingerprint: {added.fingerprint}; 已授予 {added.granted} 把钥匙。 {added.granted} keys sealed to it."
    )


@keys_cli.command("rotate")
@click.argument("court")
@_by
@_phrase
@_root_file
def rotate(court: str, by: str, phrase: str, root_file: Path | None) -> None:
    """Replace the box and reward keys of COURT; with the root at hand, the signing key too."""
    numbers = keys.rotate(database(), court, _root(root_file), _reader(by, phrase))
    _say_numbers(numbers)


@keys_cli.command("remove-officer")
@click.argument("login")
@_by
@_phrase
@_root_file
def remove_officer(login: str, by: str, phrase: str, root_file: Path | None) -> None:
    """End the officer LOGIN: no session, no sign-in, no key, and new ones for those known; a keeper needs the root."""
    numbers = keys.remove_officer_key(database(), login, _root(root_file), _reader(by, phrase))
    _say_numbers(numbers)


@keys_cli.command("recover")
@click.argument("login")
@click.option("--sheet", "files", type=_PATH, multiple=True, required=True, help="Twice: one for each sheet.")
def recover(login: str, files: tuple[Path, ...]) -> None:
    """Seal a court's keys to its officer LOGIN again, from the two sheets of paper."""
    if len(files) != 2:
        raise OperatorError("Both sheets are needed.")
    granted = keys.recover(database(), login, Sheets(_read(files[0], KEY_BYTES), _read(files[1], KEY_BYTES)))
    click.echo(f"已恢复 {granted} 把钥匙。 {granted} keys recovered.")


@keys_cli.command("certify")
@click.argument("request", type=_PATH)
@click.option("--root-file", type=_PATH, required=True, help="File with the root's secret, from `keys make-root`.")
@click.option("--out", type=_PATH, required=True, help="A new file, to be brought back to the keeper's page.")
def certify(request: Path, root_file: Path, out: Path) -> None:
    """Sign the signing key in REQUEST, saved from a keeper's page; on a machine without a network."""
    asked = _read_statement(request)
    seed = _read(root_file, SEED_BYTES)
    public = settings().filings.root_public_key
    root = Root(to_bytes(public, KEY_BYTES) if public else verify_key_of(seed), seed)
    signed = keys.certify(asked, root)
    click.echo(f"{signed.court} · sign {signed.number} · {signed.not_after:%Y-%m-%d}")
    click.echo(f"指纹 Fingerprint: {keys.fingerprint(signed.key)}")
    click.confirm("与管理员页面上的指纹一致? Is it the fingerprint on the keeper's page?", abort=True)
    _write(out, json.dumps(signed.to_json(), indent=2))
    click.echo(f"已签名:{out}。 Signed: bring this file back.")


@keys_cli.command("list")
def show() -> None:
    """List every court's newest keys: use, number, last day, and how many acting officers hold it."""
    for row in keys.list_keys(database()):
        state = "已过期 expired" if row["expired"] else f"{row['not_after']:%Y-%m-%d}"
        holders = "" if row["use"] == "cert" else f"\t{row['holders']}"
        click.echo(f"{row['code']}\t{row['use']}\t{row['number']}\t{state}{holders}")


def _root(file: Path | None) -> Root:
    public = settings().filings.root_public_key
    if not public:
        raise OperatorError("Set ROOT_PUBLIC_KEY first: `keys make-root` prints it.")
    return Root(to_bytes(public, KEY_BYTES), _read(file, SEED_BYTES) if file else None)


def _reader(login: str, phrase: str) -> Reader:
    with database().transaction("operator") as connection:
        return open_keyring(connection, login, phrase)


def _cert_path() -> Path:
    return settings().var_dir / "cert.key"


def _say_numbers(numbers: dict[str, int]) -> None:
    click.echo(" · ".join(f"{use} {number}" for use, number in sorted(numbers.items())))


def _read(path: Path, length: int) -> bytes:
    try:
        return to_bytes(path.read_text("ascii").strip(), length)
    except (OSError, UnicodeDecodeError, Malformed):
        raise OperatorError(f"{path} cannot be read, or does not hold {length} bytes as base64url.") from None


def _read_statement(path: Path) -> Json:
    try:
        read: Json = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise OperatorError(f"{path} cannot be read, or is no file from the keeper's page.") from None
    return read


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OperatorError(f"{path} is there already; nothing is overwritten.") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
