"""Reads queries and bodies, and refuses whatever two readers may understand differently."""

from __future__ import annotations

from collections import Counter
from json import JSONDecodeError
from typing import Any
from urllib.parse import parse_qsl

from flask import Request, json

from backend.core.errors import FieldError, Invalid

MAX_PARAMETERS = 50


def strict_query(raw: bytes, *, repeatable: set[str]) -> dict[str, Any]:
    """Decode a query string: text for single parameters, lists for repeatable ones.

    Raises:
        Invalid: not UTF-8, malformed, too many parameters, a NUL or a parameter repeated that may not be.
    """
    try:
        pairs = parse_qsl(
            raw.decode("utf-8"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise Invalid(errors=(FieldError("/query", "must be UTF-8"),)) from None
    except ValueError:
        raise Invalid(errors=(FieldError("/query", f"at most {MAX_PARAMETERS} parameters"),)) from None
    repeated = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    problems = [FieldError(f"/query/{name}", "given more than once") for name in repeated if name not in repeatable]
    problems += [
        FieldError(f"/query/{name}".replace("\0", ""), "must not hold NUL")
        for name, value in pairs
        if "\0" in name or "\0" in value
    ]
    if problems:
        raise Invalid(errors=tuple(problems))
    values: dict[str, Any] = {name: value for name, value in pairs if name not in repeatable}
    for name in repeatable & {name for name, _ in pairs}:
        values[name] = [value for other, value in pairs if other == name]
    return values


def strict_json(req: Request) -> Any:
    """The JSON in a request's body; no fields where there is no body, so that each required one is told to be missing.

    Raises:
        Invalid: another media type or packing; no JSON in UTF-8; or JSON that readers understand differently: a name
            given twice in one object, NaN, infinity.
    """
    data = req.get_data()
    if not data:
        return {}
    if not req.is_json:
        raise Invalid(errors=(FieldError("/header/Content-Type", "must be application/json"),))
    if req.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Invalid(errors=(FieldError("/header/Content-Encoding", "must not be packed"),))
    try:
        return json.loads(data.decode(), object_pairs_hook=_named_once, parse_constant=_refuse_constant)
    except RecursionError:
        complaint = "is nested too deeply"
    except (UnicodeDecodeError, JSONDecodeError):
        complaint = "must be JSON in UTF-8"
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        complaint = "holds a number that is too long"
    raise Invalid(errors=(FieldError("/body", complaint),))


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise Invalid(errors=(FieldError("/body", "names a field more than once"),))
    return values


def _refuse_constant(text: str) -> None:
    raise Invalid(errors=(FieldError("/body", f"must not hold {text}"),))
