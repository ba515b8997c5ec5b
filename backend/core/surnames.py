"""A person's name cut to the surname, for lists beyond a budget: 张小明 → 张某, 欧阳娜娜 → 欧阳某."""

from __future__ import annotations

import functools
import unicodedata

from backend.core.name_readings import rows
from backend.core.names import MIDDLE_DOTS, fold

_SOMEBODY = "某"
# Longest first; 爱新觉罗 has four characters.
_COMPOUND_LENGTHS = (4, 3, 2)


def cut_to_surname(name: str) -> str:
    """The surname followed by 某.

    A compound surname stays whole where a given name follows it. Of a name with a middle dot (买买提·艾合买提), whose
    first part is a given name, and of one in letters, only the first character is shown; of a single character nothing.
    """
    bare = "".join(name.split())
    if len(bare) < 2:
        return _SOMEBODY
    if set(MIDDLE_DOTS).isdisjoint(bare):
        beginning = fold(bare[: _COMPOUND_LENGTHS[0]])
        for length in _COMPOUND_LENGTHS:
            if len(bare) > length and beginning[:length] in _compound_surnames():
                return bare[:length] + _SOMEBODY
    return bare[0] + _SOMEBODY


def without_name(text: str, name: str, cut: str) -> str:
    """A text of a court's in which a name that may stand is cut too."""
    return text.replace(name, cut).replace(unicodedata.normalize("NFKC", name), cut) if len(name) > 1 else text


@functools.cache
def _compound_surnames() -> frozenset[str]:
    return frozenset(surname for surname, _ in rows("surnames.tsv") if len(surname) > 1)
