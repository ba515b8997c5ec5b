"""Pools of generated names, copied into the bench's own tables; common names come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import psycopg

from backend.core.names import fold
from tests.bench.name_lists import Listed, bodies, people

# The most frequent full names of the country, which random drawing would place anywhere: hot searches must be hot.
_MOST_FREQUENT = (
    "张伟 王伟 王芳 李伟 李娜 王秀英 李秀英 张敏 李静 王静 张丽 李强 王敏 李敏 王磊 刘伟 王艳 张静 王丽 李军"
)
# Distinct names for every entity ever listed: 2.4 million people's and 4.3 million bodies' at 16 million.
_PEOPLE_SHARE, _BODIES_SHARE = 0.15, 0.27


def copy_names(connection: psycopg.Connection[tuple[object, ...]], ever: int) -> None:
    """Fill `bench.person_name` and `bench.body_name`, numbered from 0."""
    frequent = (Listed(name, is_person=True) for name in _MOST_FREQUENT.split())
    persons = chain(frequent, people(max(100, int(ever * _PEOPLE_SHARE))))
    for table, names in (("person_name", persons), ("body_name", bodies(max(100, int(ever * _BODIES_SHARE))))):
        statement = f"COPY bench.{table} (place, name, name_folded) FROM STDIN"
        with connection.cursor().copy(statement) as copy:
            for row in _numbered(names):
                copy.write_row(row)


def _numbered(names: Iterable[Listed]) -> Iterator[tuple[int, str, str]]:
    seen: set[str] = set()
    for listed in names:
        if listed.name not in seen:
            seen.add(listed.name)
            yield len(seen) - 1, listed.name, fold(listed.name)
