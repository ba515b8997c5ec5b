"""Limits on requests, who is asking, and what must hold while limits are off."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from flask import Blueprint, Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.errors import RateLimitExceeded
from werkzeug.middleware.proxy_fix import ProxyFix

from backend.config import Limits, Settings
from backend.core.budgets import REDIS_SECONDS, Budgets, Clock, MemoryBudgets
from backend.core.errors import FieldError, Forbidden, Invalid
from backend.core.keys import Keys
from backend.core.problems import problem
from backend.core.proof import read_proof
from backend.core.visitors import AddressHasher, Reader, read_token

VISITOR_HEADER, VISITOR_COOKIE = "X-Visitor", "visitor"
# Any of these means that somebody else's request is passed on.
_FORWARDED = (
    "HTTP_CF_CONNECTING_IP",
    "HTTP_FORWARDED",
    "HTTP_TRUE_CLIENT_IP",
    "HTTP_VIA",
    "HTTP_X_CLIENT_IP",
    "HTTP_X_CLUSTER_CLIENT_IP",
    "HTTP_X_FORWARDED",
    "HTTP_X_ORIGINAL_",
    "HTTP_X_REAL_IP",
)


@dataclass
class Brakes:
    """What one application needs to know readers and to count what they are shown."""

    limits: Limits
    keys: Keys
    budgets: Budgets
    clock: Clock = time.time
    _hasher: AddressHasher | None = field(default=None, repr=False)

    def reader(self) -> Reader:
        """Who sends the present request; an unusable token counts as none, and the header wins over the cookie."""
        address = self.address()
        token = request.headers.get(VISITOR_HEADER)
        if token is None:
            token = request.cookies.get(VISITOR_COOKIE)
        visitor = read_token(self.keys.of("visitor"), token, self.clock()) if token else None
        return Reader(visitor or f"address-{address}", address)

    def address(self) -> str:
        """Hash of the address that the present request comes from."""
        if self._hasher is None:
            self._hasher = AddressHasher(self.keys.of("address"))
        return self._hasher.digest(request.remote_addr or "", self.clock())


def brakes() -> Brakes:
    """The brakes of the running application."""
    found: Brakes = current_app.extensions["brakes"]
    return found


def spend_proof(purpose: str, text: str, use: str = "") -> None:
    """Take a solved challenge that was made for a purpose, once; for the very same `use`, if it is named, again.

    Raises:
        Invalid: at `/body/challenge`: unsolved, forged, for another purpose, too late, or used before.
    """
    current = brakes()
    try:
        proof = read_proof(current.keys.of("challenge"), purpose, text, current.clock())
    except ValueError as error:
        raise Invalid(errors=(FieldError("/body/challenge", str(error)),)) from None
    if not current.budgets.spend(proof.challenge, proof.ends_at, use):
        raise Invalid(errors=(FieldError("/body/challenge", "was used before; ask for another challenge"),))


def register_limits(app: Flask, settings: Settings) -> None:
    """Know readers by their address and token; must come before routes are asked anything else."""
    limits = settings.limits
    keys = Keys(settings.identity_key, settings.var_dir)
    app.extensions["brakes"] = Brakes(limits, keys, make_budgets(limits))
    if not limits.on:
        app.before_request(_refuse_others)
    elif limits.trusted_proxies:
        proxies = limits.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]


def make_budgets(limits: Limits) -> Budgets:
    """Budgets of this process, or those in Redis, whose client is loaded only then: it takes 4 MB."""
    own = MemoryBudgets(limits)
    if not limits.on or not limits.redis_url:
        return own
    from backend.core.shared_budgets import FallbackBudgets, RedisBudgets

    return FallbackBudgets(RedisBudgets(limits.redis_url, limits), own)


def limit_requests(app: Flask, newcomers: Blueprint) -> None:
    """Count requests under /v1 by address, and those to `newcomers`' routes by the hour; nothing while limits are off.

    A dead Redis must neither stop everybody nor let everybody through: each worker then counts by itself.
    """
    limits = brakes_of(app).limits
    if not limits.on:
        return
    limiter = Limiter(
        lambda: brakes().address(),
        application_limits=[f"{limits.requests_a_minute} per minute"],
        application_limits_exempt_when=lambda: not request.path.startswith("/v1/"),
        storage_uri=limits.redis_url or "memory://",
        storage_options=_REDIS_OPTIONS if limits.redis_url else {},
        in_memory_fallback_enabled=True,
    )
    limiter.limit(f"{limits.new_visitors_an_hour} per hour")(newcomers)
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, lambda _: _answer_exceeded(limiter))


def brakes_of(app: Flask) -> Brakes:
    found: Brakes = app.extensions["brakes"]
    return found


_REDIS_OPTIONS: dict[str, str | int] = {
    "socket_timeout": REDIS_SECONDS,  # type: ignore[dict-item]  # the client takes seconds as a fraction
    "socket_connect_timeout": REDIS_SECONDS,  # type: ignore[dict-item]
}


def _answer_exceeded(limiter: Limiter) -> Response:
    breached = limiter.current_limit
    seconds = max(1, int(breached.reset_at - time.time()) + 1) if breached else 60
    return problem(429, "Too Many Requests", headers={"Retry-After": str(seconds)})


def _refuse_others() -> None:
    """While limits are off, answer this machine only, and nothing that was passed on.

    Raises:
        Forbidden: the request comes from elsewhere or through a proxy.
    """
    environ = request.environ
    address = environ.get("REMOTE_ADDR") or ""
    from_here = address.startswith(("127.", "::ffff:127.")) or address == "::1"
    if not from_here or any(name.startswith(_FORWARDED) for name in environ):
        raise Forbidden("Limits are off, so only direct requests from this machine are answered.")
