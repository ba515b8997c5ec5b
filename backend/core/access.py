"""Who may do what at the court console: the policy of each view, and the guard that holds it.

Access is denied by default. Every view of the console stands on a `CourtBlueprint` and declares its policy; one
without is refused when the application is built. What belongs to a court is read and written in `court_transaction`,
where row-level security lets no other court's row through: it answers like one that does not exist.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from flask import Blueprint, Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend.core.db import Connection
from backend.core.errors import Forbidden, Invalid
from backend.core.http import database, settings
from backend.core.officers import RoleMissing
from backend.core.sessions import Session, current_session, find_session

_View = TypeVar("_View", bound=Callable[..., Any])
Stage = Literal["open", "password", "signed_in"]


class StrangeRequest(Forbidden):
    """This request did not come from this page"""


@dataclass(frozen=True)
class Policy:
    """What a view asks of its caller.

    Attributes:
        stage: `open` to everybody, after the `password` alone, or `signed_in` with a second factor too.
        roles: any of these; empty means every officer.
        fresh: the second factor was shown within the last minutes.
        handed_out: open even before a password that was handed out is changed.
    """

    stage: Stage = "signed_in"
    roles: frozenset[str] = frozenset()
    fresh: bool = False
    handed_out: bool = False


class CourtBlueprint(Blueprint):
    """A blueprint whose every view is behind the guard; its address begins with /court."""

    def __init__(self, name: str, import_name: str, url_prefix: str) -> None:
        super().__init__(name, import_name, url_prefix=url_prefix)
        self.before_request(guard)
        self.after_request(keep_private)


def open_to_all(view: _View) -> _View:
    """Declare that a view needs nobody to be signed in."""
    return _declare(view, Policy("open"))


def after_password(view: _View) -> _View:
    """Declare that the password alone is enough: for showing a second factor, or making the first."""
    return _declare(view, Policy("password"))


def allow(*roles: str, fresh: bool = False, handed_out: bool = False) -> Callable[[_View], _View]:
    """Declare which roles may use a view, any officer when none is named; for the rest see `Policy`."""
    return lambda view: _declare(view, Policy(roles=frozenset(roles), fresh=fresh, handed_out=handed_out))


def _declare(view: _View, policy: Policy) -> _View:
    view.policy = policy  # type: ignore[attr-defined]
    return view


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """What a view declared; None where it declared nothing."""
    return getattr(view, "policy", None)


def refuse_undeclared(app: Flask) -> None:
    """See that every view under /court declares its policy and stands behind the guard.

    Raises:
        RuntimeError: one does not; the application is not built.
    """
    for rule in app.url_map.iter_rules():
        if not (rule.rule == "/court" or rule.rule.startswith("/court/")):
            continue
        blueprint = app.blueprints.get(rule.endpoint.rpartition(".")[0])
        if not isinstance(blueprint, CourtBlueprint) or policy_of(app.view_functions[rule.endpoint]) is None:
            raise RuntimeError(f"{rule.endpoint} declares no policy")


def guard() -> AnyResponse | None:
    """Before each view of the console: where from, who, and whether that is enough."""
    if not is_console_host():
        abort(404)
    policy = policy_of(current_app.view_functions[request.endpoint or ""])
    if policy is None:
        raise RuntimeError(f"{request.endpoint} declares no policy")
    g.session = find_session()
    _refuse_strange(g.session)
    _refuse_nul()
    return _missing(policy, g.session)


def is_console_host() -> bool:
    """Whether the console is served under the name that the present request uses."""
    return settings().desk.host in ("", request.host.partition(":")[0])


def _missing(policy: Policy, session: Session | None) -> AnyResponse | None:
    if policy.stage == "open":
        return None
    if session is None:
        return redirect(f"{url_for('sign_in.show')}?{urlencode({'next': came_for()})}", 303)
    if policy.stage == "signed_in" and session.proved_at is None:
        return _to_proof()
    if policy.stage == "signed_in" and session.handed_out and not policy.handed_out:
        return redirect(url_for("account.show_password"), 303)
    if policy.roles and not policy.roles & set(session.officer.roles):
        raise RoleMissing
    return ask_again(session) if policy.fresh else None


def ask_again(session: Session) -> AnyResponse | None:
    """Where a second factor is shown again, unless it was just now; a view itself asks it for some of what it does."""
    return None if session.is_fresh else _to_proof()


def _to_proof() -> AnyResponse:
    return redirect(f"{url_for('sign_in.prove')}?{urlencode({'next': came_for()})}", 303)


def came_for() -> str:
    """Where to go on afterwards: the page asked for, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    return own_path(request.referrer or "")


def own_path(address: str) -> str:
    """The path of an address of this console, `/court` for any other: nobody is sent elsewhere by a link."""
    parts = urlsplit(address)
    inside = parts.netloc in ("", request.host) and (parts.path == "/court" or parts.path.startswith("/court/"))
    if not inside or "\\" in address:
        return "/court"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _refuse_strange(session: Session | None) -> None:
    """Refuse a change that another site asks for: by what the browser says, and by what only our form knows.

    Raises:
        StrangeRequest: it comes from elsewhere, or carries no token of this session.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise StrangeRequest
    if session is not None:
        given = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
        # As bytes: of texts it compares ASCII only.
        if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), session.csrf.encode()):
            raise StrangeRequest
    elif urlsplit(request.headers.get("Origin", request.host_url)).netloc != request.host:
        raise StrangeRequest


def _refuse_nul() -> None:
    """Refuse what no text of the database can hold, before any view meets it.

    Raises:
        Invalid: a parameter, a field or the name of a file holds NUL.
    """
    files = ((name, [file.filename or ""]) for name, file in request.files.items(multi=True))
    given = (*request.args.lists(), *request.form.lists(), *files)
    if any("\0" in text for name, texts in given for text in (name, *texts)):
        raise Invalid("must not hold NUL")


@contextmanager
def court_transaction() -> Iterator[Connection]:
    """One transaction in which only rows of the signed-in officer's court exist."""
    with database().transaction("court") as connection:
        act_for(connection, current_session().officer.court_id)
        yield connection


def act_for(connection: Connection, court: UUID) -> None:
    """Let a transaction of the role `court` see one court's rows until it ends."""
    connection.execute("SELECT set_config('app.court', %s, true)", (str(court),))


def keep_private(response: Response) -> Response:
    """No copy of a page of the console anywhere; nothing that it did not bring itself is run or shown in it."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    # With `no-referrer` a browser sends our own forms with `Origin: null`, like a stranger's.
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Content-Security-Policy", CONSOLE_POLICY)
    return response


# What a page needs to open filings and show photos (docs/adr/0018); `data:` is for Pico's form icons.
CONSOLE_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
