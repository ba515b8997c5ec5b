"""Codes as a second factor: time-based ones (RFC 6238), each taken once, and ten recovery codes for a lost one."""

from __future__ import annotations

import io
import secrets
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

import pyotp
import segno
from nacl.secret import SecretBox

from backend.core.clock import now
from backend.core.db import Connection
from backend.core.keys import Keys
from backend.core.sealing.receipts import ALPHABET
from backend.courts.sign_in import statements

ISSUER = "失信被执行人公示地图"
RECOVERY_CODES = 10


def begin_totp(connection: Connection, keys: Keys, session: UUID) -> None:
    """Make a secret that a session is shown; it counts for nothing until `keep_totp`."""
    sealed = bytes(_box(keys).encrypt(pyotp.random_base32().encode()))
    statements.set_pending_secret(connection, session=session, secret=sealed)


def pending_secret(connection: Connection, keys: Keys, session: UUID) -> str | None:
    """The secret that a session is shown, base32; None where none was begun."""
    sealed = statements.find_pending_secret(connection, session=session)
    return _box(keys).decrypt(sealed).decode() if sealed else None


def keep_totp(connection: Connection, keys: Keys, session: UUID, officer: UUID, code: str) -> bool:
    """Take the shown secret for the officer's own once a code shows that it was taken over; that code is used up."""
    secret = pending_secret(connection, keys, session)
    step = _step_of(secret, code, 0) if secret else None
    if secret is None or step is None:
        return False
    statements.set_totp(connection, officer=officer, secret=bytes(_box(keys).encrypt(secret.encode())))
    statements.use_step(connection, officer=officer, step=step)
    statements.set_pending_secret(connection, session=session, secret=None)
    return True


def set_totp(connection: Connection, keys: Keys, officer: UUID, secret: str) -> None:
    """Give an officer a secret without a first code: for the demo's invented officers."""
    statements.set_totp(connection, officer=officer, secret=bytes(_box(keys).encrypt(secret.encode())))


def take_code(connection: Connection, keys: Keys, officer: UUID, code: str) -> bool:
    """Whether this code is right and was not used before; it is used up now."""
    row = statements.lock_totp(connection, officer=officer)
    if row is None or row["totp_secret"] is None:
        return False
    step = _step_of(_box(keys).decrypt(row["totp_secret"]).decode(), code, row["totp_last_step"] or 0)
    if step is None:
        return False
    statements.use_step(connection, officer=officer, step=step)
    return True


def _step_of(secret: str, code: str, used: int) -> int | None:
    """The time step that a code belongs to, a step early or late at most.

    pyotp takes the same code twice; so a step that was used, and every earlier one, is used up.
    """
    totp = pyotp.TOTP(secret)
    step = int(now().timestamp()) // totp.interval
    for one in (step - 1, step, step + 1):
        if one > used and pyotp.utils.strings_equal(totp.generate_otp(one), code):
            return one
    return None


def totp_picture(secret: str, login: str) -> bytes:
    """What an authenticator reads with its camera, as SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=6, border=4, light="#fff", xmldecl=False)
    return out.getvalue()


def make_recovery_codes(connection: Connection, officer: UUID) -> Sequence[str]:
    """Ten codes, each good for one sign-in without the second factor; the former ones are worth nothing.

    Eighty random bits each: a digest in a stolen table leads back to none of them.
    """
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    statements.delete_recovery_codes(connection, officer=officer)
    for code in codes:
        statements.insert_recovery_code(connection, officer=officer, digest=_digest(code))
    return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]


def take_recovery_code(connection: Connection, officer: UUID, typed: str) -> bool:
    """Whether this is one of the officer's codes that was not used; it is used up now."""
    code = "".join(sign for sign in typed.upper() if sign in ALPHABET)
    return bool(statements.use_recovery_code(connection, officer=officer, digest=_digest(code)))


def _digest(code: str) -> bytes:
    return sha256(b"recovery " + code.encode()).digest()


def _box(keys: Keys) -> SecretBox:
    return SecretBox(keys.of("officer-totp"))
