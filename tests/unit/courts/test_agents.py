"""Browsers as their owners know them."""

from __future__ import annotations

import pytest

from backend.courts.agents import agent_in_words

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            f"Mozilla/5.0 (Windows NT 6.1; Win64; x64) {_WEBKIT} Chrome/109.0.0.0 Safari/537.36",
            "Chrome 109 · Windows 7",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
            "Edge 131 · Windows 10/11",
        ),
        (
            f"Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) {_WEBKIT} Version/17.4 Mobile/15E1 Safari/604.1",
            "Safari 17 · iPad",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128 · Linux"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_a_few_words(agent: str, words: str) -> None:
    assert agent_in_words(agent) == words
