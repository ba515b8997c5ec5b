"""An officer who signs in through the pages, as a browser does."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

import pyotp
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.core.clock import now
from backend.core.limits import brakes_of
from backend.core.sessions import COOKIE
from backend.courts import sign_in_codes
from backend.courts.sign_in import set_password
from tests.integration.desk import Console

PASSWORD = "seven-grey-herons-wade"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Browser:
    """A browser with its cookies; forms carry the token of the page last seen."""

    client: FlaskClient
    csrf: str = ""

    @property
    def token(self) -> str:
        cookie = self.client.get_cookie(COOKIE)
        return cookie.value if cookie else ""

    def get(self, path: str) -> TestResponse:
        return self._seen(self.client.get(path, base_url="https://localhost"))

    def post(self, path: str, **form: Any) -> TestResponse:
        return self._seen(
            self.client.post(path, data={"csrf": self.csrf, **form}, base_url="https://localhost"),
        )

    def _seen(self, answer: TestResponse) -> TestResponse:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', answer.text)
        self.csrf = found[1] if found else self.csrf
        return answer

    def enter(self, login: str, password: str = PASSWORD, **form: Any) -> TestResponse:
        """Give a password and go where it leads."""
        answer = self.post("/court/sign-in", login=login, password=password, **form)
        if answer.status_code == 303:
            self.get("/court/account/second-factor")
            self.get("/court/prove")
        return answer

    def code(self, code: str | None = None, **form: Any) -> TestResponse:
        answer = self.post("/court/prove", code=code or code_of(), **form)
        if answer.status_code == 303:
            self.get("/court/approvals")
        return answer


def code_of(steps: int = 0, secret: str = SECRET) -> str:
    """The code of now, or of some steps of thirty seconds later."""
    return pyotp.TOTP(secret).at(int(now().timestamp()) + 30 * steps)


def browser(console: Console) -> Browser:
    return Browser(console.app.test_client())


def newcomer(console: Console, *roles: str, login: str = "", factor: bool = True) -> tuple[uuid.UUID, str]:
    """An officer with a password and, with `factor`, time-based codes: id and login."""
    login = login or f"new.{uuid.uuid4().hex[:12]}"
    officer = console.register.officer(console.register.courts[0], login, *(roles or ("clerk",)))
    set_password(console.database, login, PASSWORD)
    if factor:
        with console.database.transaction("doorkeeper") as connection:
            sign_in_codes.set_totp(connection, brakes_of(console.app).keys, officer, SECRET)
    return officer, login
