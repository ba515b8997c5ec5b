"""Which passwords are good enough, and how long somebody waits who guesses; knows neither web nor database."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from backend.core.errors import Invalid

MIN_PASSWORD, MAX_PASSWORD = 15, 200
WINDOW = timedelta(minutes=15)
# What this product is about: the first that somebody tries who wants in at a court.
_OWN_WORDS = (
    "court", "courts", "listing", "listings", "console", "desk", "officer", "clerk", "approver", "keeper", "auditor",
    "judgment", "defaulter", "enforcement", "map", "admin", "fayuan", "shixin", "zhixing", "gongshi", "ditu",
    "renmin", "xuanshang", "mima", "法院", "人民", "失信", "被执行人", "执行", "公示", "地图", "悬赏", "线索",
    "密码", "工作台",
)  # fmt: skip
# What a known word is worth against a character that belongs to none: there are three thousand of the one, and some
# sixty of the other.
_WORD_WORTH, _ENOUGH = 2, 8
_LOOKALIKES = str.maketrans("@0135$7", "aoiesst")
_COMMON = Path(__file__).resolve().parents[2] / "sql" / "seed" / "common_passwords.txt"


class PasswordTooShort(Invalid):
    """A password has at least 15 characters"""


class PasswordTooLong(Invalid):
    """A password has at most 200 characters"""


class PasswordGuessable(Invalid):
    """This password is too easy to guess: it is made of common words, this court's own or a pattern"""


def folded(password: str) -> str:
    """A password as it is hashed, however it was typed: the same characters, one form (NIST SP 800-63B 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)


def check_new_password(password: str, about: Iterable[str]) -> None:
    """Refuse a password that somebody would guess.

    Args:
        about: what is known of its owner: login, name, court.

    Raises:
        PasswordTooShort, PasswordTooLong, PasswordGuessable: it is not good enough; the docstring says so.
    """
    text = folded(password)
    if len(text) < MIN_PASSWORD:
        raise PasswordTooShort
    if len(text) > MAX_PASSWORD:
        raise PasswordTooLong
    plain = text.casefold()
    if min(_worth(plain, about), _worth(plain.translate(_LOOKALIKES), about)) < _ENOUGH:
        raise PasswordGuessable


def _worth(text: str, about: Iterable[str]) -> int:
    """How much of a password is neither a known word, nor said again, nor a row of neighbours, nor a year."""
    text = re.sub(r"[\W_]|(19|20)\d\d", "", text)
    for word in sorted(_words_about(about), key=len, reverse=True):
        text = text.replace(word, "")
    found = set()
    for word in _common_words():
        if word in text:
            found.add(word)
            text = text.replace(word, "\0")
    rest = re.sub("\0", "", _without_rows(text))
    return _WORD_WORTH * len(found) + len(set(rest))


def _words_about(about: Iterable[str]) -> set[str]:
    """Own words, and every piece of what is known of somebody: `li.hua` gives li.hua, li, hua."""
    words = set(_OWN_WORDS)
    for one in about:
        pieces = re.split(r"[\W_]+", one.casefold())
        words |= {piece for piece in (*pieces, "".join(pieces)) if len(piece) > 1}
        for ending in ("人民法院", "中级人民法院"):
            words.add(one.removesuffix(ending))
    return words - {""}


@functools.cache
def _common_words() -> tuple[str, ...]:
    """The long ones first, so that `password1` is one word and not a word and a digit."""
    lines = _COMMON.read_text("utf-8").splitlines()
    return tuple(sorted((line for line in lines if not line.startswith("# ")), key=len, reverse=True))


def _without_rows(text: str) -> str:
    """`abcdef` and `9876` as one character each: what follows its neighbour adds nothing."""
    kept = text[:2]
    for before, last, one in zip(text, text[1:], text[2:], strict=False):
        step = ord(one) - ord(last)
        if not (step in (-1, 0, 1) and step == ord(last) - ord(before)):
            kept += one
    return kept


def waiting_time(failures: Sequence[datetime], allowed: int, now: datetime) -> timedelta:
    """How long until another try is looked at: when fewer than `allowed` of the last quarter of an hour failed.

    Nobody is locked out: whoever waits gets in, and what is tried meanwhile is not counted.
    """
    recent = sorted(at for at in failures if at > now - WINDOW)
    return recent[-allowed] + WINDOW - now if len(recent) >= allowed else timedelta()
