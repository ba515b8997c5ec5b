"""What a browser calls itself, in a few words that its owner knows it by."""

from __future__ import annotations

import re

# The first that fits: Edge and others call themselves Chrome, too, and Chrome calls itself Safari.
_BROWSERS = (
    (re.compile(r"\bMicroMessenger/(\d+)"), "微信 WeChat"),
    (re.compile(r"\bEdgA?/(\d+)"), "Edge"),
    (re.compile(r"\b360SE\b"), "360"),
    (re.compile(r"\bQQBrowser/(\d+)"), "QQ"),
    (re.compile(r"\bFirefox/(\d+)"), "Firefox"),
    (re.compile(r"\b(?:Chrome|Chromium|CriOS)/(\d+)"), "Chrome"),
    (re.compile(r"\bVersion/(\d+)\S* (?:Mobile/\S+ )?Safari/"), "Safari"),
)
_SYSTEMS = (
    (re.compile(r"Windows NT 6\.1"), "Windows 7"),
    (re.compile(r"Windows NT 10"), "Windows 10/11"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"iPad"), "iPad"),
    (re.compile(r"iPhone"), "iPhone"),
    (re.compile(r"Android"), "Android"),
    (re.compile(r"Mac OS X"), "macOS"),
    (re.compile(r"Linux"), "Linux"),
)


def agent_in_words(agent: str) -> str:
    """E.g. `Chrome 109 · Windows 7`; as it calls itself where it is not known."""
    browser = _first(_BROWSERS, agent)
    return " · ".join(filter(None, (browser, _first(_SYSTEMS, agent)))) if browser else agent


def _first(known: tuple[tuple[re.Pattern[str], str], ...], agent: str) -> str:
    for pattern, name in known:
        if found := pattern.search(agent):
            return " ".join((name, *found.groups()))
    return ""
