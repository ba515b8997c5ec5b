from __future__ import annotations

import pytest

from backend.core.errors import Invalid
from backend.core.http import MAX_PARAMETERS, strict_query


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
