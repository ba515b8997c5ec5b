from __future__ import annotations

from typing import Any

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from backend.core.errors import FieldError, Invalid
from backend.core.strict_reading import MAX_PARAMETERS, strict_json, strict_query


def pointers(raw: bytes, repeatable: set[str] | None = None) -> list[str]:
    with pytest.raises(Invalid) as caught:
        strict_query(raw, repeatable=repeatable or set())
    return [error.pointer for error in caught.value.errors]


def test_reads_single_and_repeatable_parameters() -> None:
    raw = b"q=%E5%BC%A0%E4%B8%89&kind=person&kind=company&empty="
    assert strict_query(raw, repeatable={"kind", "ground"}) == {
        "q": "张三",
        "empty": "",
        "kind": ["person", "company"],
    }


def test_takes_utf_8_with_and_without_percent_encoding() -> None:
    assert strict_query("q=张三".encode(), repeatable=set()) == {"q": "张三"}


def test_refuses_a_repeated_parameter_by_name() -> None:
    assert pointers(b"limit=1&limit=2&kind=a&kind=b", {"kind"}) == ["/query/limit"]


@pytest.mark.parametrize("raw", [b"q=%ff", b"q=%ED%A0%80", b"q=\xff", b"%ff=1"])
def test_refuses_what_is_not_utf_8(raw: bytes) -> None:
    assert pointers(raw) == ["/query"]


def test_refuses_nul() -> None:
    assert pointers(b"q=a%00b") == ["/query/q"]


def test_refuses_a_flood_of_parameters() -> None:
    assert pointers(b"&".join(b"a%d=1" % n for n in range(MAX_PARAMETERS + 1))) == ["/query"]


def body(data: bytes, media: str = "application/json", packed: str = "identity") -> Any:
    headers = [("Content-Encoding", packed)]
    builder = EnvironBuilder(method="POST", data=data, content_type=media, headers=headers)
    return strict_json(Request(builder.get_environ()))


def test_reads_json_of_any_json_type_and_no_body_as_no_fields() -> None:
    assert body(b'{"a": [1, {"b": null}]}') == {"a": [1, {"b": None}]}
    assert body(b"{}", "application/json; charset=utf-8") == body(b"{}", "application/x+json") == body(b"", "") == {}


@pytest.mark.parametrize(
    ("data", "pointer", "detail"),
    [
        (b"{", "/body", "must be JSON in UTF-8"),
        (b'{"a": "\xff"}', "/body", "must be JSON in UTF-8"),
        (b"\xef\xbb\xbf{}", "/body", "must be JSON in UTF-8"),
        (b"[" * 100_000, "/body", "is nested too deeply"),
        (b"9" * 5000, "/body", "holds a number that is too long"),
        (b'[{"a": 1, "b": 2, "a": 1}]', "/body", "names a field more than once"),
        (b'{"a": NaN}', "/body", "must not hold NaN"),
        (b"[-Infinity]", "/body", "must not hold -Infinity"),
    ],
)
def test_refuses_a_body_that_readers_understand_differently(data: bytes, pointer: str, detail: str) -> None:
    with pytest.raises(Invalid) as caught:
        body(data)
    assert caught.value.errors == (FieldError(pointer, detail),)


def test_names_the_header_that_is_wrong_rather_than_every_field() -> None:
    for media in ("text/plain", "application/x-www-form-urlencoded", ""):
        with pytest.raises(Invalid) as caught:
            body(b"{}", media)
        assert caught.value.errors[0].pointer == "/header/Content-Type"
    with pytest.raises(Invalid) as caught:
        body(b"{}", packed="gzip")
    assert caught.value.errors[0].pointer == "/header/Content-Encoding"
