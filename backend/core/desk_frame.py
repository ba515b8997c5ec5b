"""The frame around the console's pages: its navigation, and what every template may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask, Response, current_app, g, request, url_for
from markupsafe import Markup, escape

from backend.core.access import is_console_host, keep_private
from backend.core.citation import cited
from backend.core.desk import day, language, local_time, refusal_page, t
from backend.core.problems import PROBLEM_JSON
from backend.core.sessions import Session, find_session


@dataclass(frozen=True)
class Place:
    """An entry of the console's navigation.

    Attributes:
        endpoint: the view it leads to, e.g. `notices_desk.show_list`.
        roles: who sees it; empty means everybody.
    """

    zh: str
    en: str
    endpoint: str
    roles: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        return url_for(self.endpoint)

    @property
    def is_here(self) -> bool:
        """Whether the page belongs to it: the longest address counts; for the first page, its own blueprint, too."""
        every: Sequence[Place] = current_app.extensions["places"]
        near = [place for place in every if request.path.startswith(place.address)]
        here = max(near, key=lambda place: len(place.address), default=None)
        is_first = any(other is not self and other.address.startswith(self.address) for other in every)
        return self is here and (not is_first or self.endpoint.partition(".")[0] == request.blueprint)


def _places() -> list[Place]:
    """The navigation of whoever is signed in."""
    session: Session | None = g.get("session")
    every: Sequence[Place] = current_app.extensions["places"]
    held = set(session.officer.roles) if session else set()
    return [place for place in every if not place.roles or place.roles & held]


def _csrf_field() -> Markup:
    session: Session | None = g.get("session")
    return Markup('<input type="hidden" name="csrf" value="%s">') % escape(session.csrf) if session else Markup("")


def _tell_in_a_page(response: Response) -> Response:
    """What is refused before a view of the console is found, or breaks in one: a page, where a browser shows it."""
    if response.status_code < 400:  # nearly every answer, of which the questions below took a thirteenth
        return response
    is_console = (request.path == "/court" or request.path.startswith("/court/")) and is_console_host()
    accepted = request.accept_mimetypes
    is_shown = response.mimetype == PROBLEM_JSON and accepted["text/html"] > accepted[PROBLEM_JSON]
    if not (is_console and is_shown):
        return response
    status = response.status_code
    if "session" not in g and status < 500:  # an unknown address has met no guard
        g.session = find_session()
    kept = ("Allow", "Retry-After", "WWW-Authenticate")
    headers = {name: value for name, value in response.headers.items() if name in kept}
    return keep_private(refusal_page(status, response.json, headers))


def register_desk(app: Flask, places: Sequence[Place]) -> None:
    """What templates of the console may use, and its navigation in order."""
    app.extensions["places"] = places
    app.jinja_env.globals.update(t=t, language=language, csrf_field=_csrf_field, places=_places)
    app.jinja_env.filters["local_time"] = local_time
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["cited"] = cited
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.after_request(_tell_in_a_page)
    app.context_processor(lambda: {"session": g.get("session")})
