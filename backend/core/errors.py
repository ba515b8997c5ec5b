"""Errors that domain code raises; their docstrings are the titles a caller reads.

`STATUS` gives each family its HTTP status, and nothing else in the code base does.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """One bad value: where it stood (`/query/limit`, `/path/z`, `/body/name`) and what is wrong with it."""

    pointer: str
    detail: str


class ProductError(Exception):
    """Something went wrong"""

    def __init__(self, detail: str = "", errors: tuple[FieldError, ...] = (), zh: str = "") -> None:
        """`zh`: the detail in Chinese, for pages, where whoever raises it knows the words."""
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.zh = zh

    @property
    def title(self) -> str:
        return (type(self).__doc__ or "").partition("\n")[0]


class Invalid(ProductError):
    """The request is not valid"""


class NotFound(ProductError):
    """Not Found"""


class Conflict(ProductError):
    """The request conflicts with the present state"""


class Forbidden(ProductError):
    """Not allowed"""


class Unauthorized(ProductError):
    """A valid key is needed"""


class Gone(ProductError):
    """No longer kept"""


class Overloaded(ProductError):
    """The service is busy"""


class LawNotLoaded(Overloaded):
    """The law's time limits and causes are not loaded, or are those of an older version"""

    def __init__(self) -> None:
        super().__init__("Run `flask --app backend clocks load`.")


class Exceeded(ProductError):
    """Too Many Requests"""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


STATUS: dict[type[ProductError], int] = {
    Invalid: 422,
    NotFound: 404,
    Conflict: 409,
    Forbidden: 403,
    Exceeded: 429,
    Unauthorized: 401,
    Gone: 410,
    Overloaded: 503,
}


def status_of(error: ProductError) -> int:
    return next(code for family, code in STATUS.items() if isinstance(error, family))


class OperatorError(Exception):
    """Ends a command with one sentence an operator can act on, never a stack trace."""

    # The same in Chinese, where a page tells it, too.
    zh = ""


def trace_of(error: BaseException) -> str:
    """Where an error came from, and its class; not its words, in which a database quotes the row that it refused."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    said = f"Traceback (most recent call last):\n{frames}{type(error).__module__}.{type(error).__qualname__}"
    earlier = error.__cause__ or error.__context__
    return f"{trace_of(earlier)}\n\nthen\n\n{said}" if earlier else said
