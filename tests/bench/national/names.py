"""Pools of generated names, copied into the bench's own tables; common names come first."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context

import psycopg

from backend.core.names import fold
from tests.bench.name_lists import Listed, bodies, people

# The most frequent full names of the country, which random drawing would place anywhere: hot searches must be hot.
_MOST_FREQUENT = (
    "张伟 王伟 王芳 李伟 李娜 王秀英 李秀英 张敏 李静 王静 张丽 李强 王敏 李敏 王磊 刘伟 王艳 张静 王丽 李军"
)
# Distinct names for every entity ever listed: 2.4 million people's and 4.3 million bodies' at 16 million.
_PEOPLE_SHARE, _BODIES_SHARE = 0.15, 0.27


def copy_names(url: str, ever: int) -> None:
    """Fill `bench.person_name` and `bench.body_name`, numbered from 0, in two processes."""
    sizes = {"person_name": max(100, int(ever * _PEOPLE_SHARE)), "body_name": max(100, int(ever * _BODIES_SHARE))}
    # Spawned, since a forked copy of a process with threads may stand still.
    with ProcessPoolExecutor(len(sizes), get_context("spawn")) as processes:
        list(processes.map(_copy, repeat(url), sizes, sizes.values()))


def _copy(url: str, table: str, number: int) -> None:
    names = _people(number) if table == "person_name" else bodies(number)
    statement = f"COPY bench.{table} (place, name, name_folded) FROM STDIN"
    with psycopg.connect(url) as connection, connection.cursor().copy(statement) as copy:
        for place, listed in enumerate(names):
            copy.write_row((place, listed.name, fold(listed.name)))


def _people(number: int) -> Iterator[Listed]:
    frequent = _MOST_FREQUENT.split()
    yield from (Listed(name, is_person=True) for name in frequent)
    known = set(frequent)
    yield from (listed for listed in people(number) if listed.name not in known)
