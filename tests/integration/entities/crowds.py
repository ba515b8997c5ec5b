"""Many people to read, and what an answer shows of them."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from backend.core.name_index import add_names
from backend.core.names import fold
from tests.integration.register import AREAS, Register
from tests.integration.visitors_of import Site

COUNTIES = [code for code in AREAS if len(code) == 6]
FIRST, SECOND = (
    "明华建国军丽娟婷强磊洋艳勇杰涛芳敏静秀兰",
    "伟刚平辉鹏超波斌宇浩轩然博文昊天泽雨晨佳琪雪梅玲红霞燕倩颖琳",
)


def fill(register: Register, people: int, *, areas: list[str] = COUNTIES, names: list[str] | None = None) -> list[str]:
    """So many people, of different names unless given, spread over areas and grounds; their names."""
    tails = map("".join, itertools.product(FIRST, SECOND, FIRST))
    names = names or ["甄" + tail for tail in itertools.islice(tails, people)]
    ids = [uuid.uuid4() for _ in names]
    grounds = [1 << number // len(areas) % 6 for number in range(people)]
    register.connection.execute(
        "INSERT INTO register.entity (id, identity_key, has_identifier, kind, name, name_folded, area_code, placed_by,"
        " source) SELECT id, uuid_send(id), true, 'person', name, folded, area, 'court_area', 'court'"
        " FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS new (id, name, folded, area)",
        (ids, names, [fold(name) for name in names], [areas[number % len(areas)] for number in range(people)]),
    )
    register.connection.execute(
        "INSERT INTO register.listing (id, entity_id, listing_key, content_hash, case_number, case_key, ground_mask,"
        " import_file_id, court_id, performance, published_on, source, duty, performed_part, unperformed_part)"
        " SELECT gen_random_uuid(), id, uuid_send(id), 'x', '虚1号', '虚1号', mask, %s, %s, 'partial', '2025-06-01',"
        " 'court', '被执行人' || name || '偿还本金', name || '已还利息', name || '未还本金'"
        " FROM unnest(%s::uuid[], %s::text[], %s::int[]) AS new (id, name, mask)",
        (register.import_file, register.courts[0], ids, names, grounds),
    )
    add_names(register.connection, [(True, fold(name)) for name in names])
    # A transaction that has just written thousands of rows is planned as if there were none.
    register.connection.execute("ANALYZE register.entity, register.listing, register.name, serving.entity_row")
    return names


def names(answer: dict[str, Any]) -> list[str]:
    return [item["name"] for item in answer["items"]]


def whole(answer: dict[str, Any]) -> set[str]:
    """Ids of those shown by their full name."""
    return {item["id"] for item in answer["items"] if not item["name"].endswith("某")}


def every(site: Site, visitor: str | None = None, **query: Any) -> list[dict[str, Any]]:
    """All pages of a list, as far as it goes."""
    pages = [site.list(visitor, **query)]
    while pages[-1]["next"]:
        pages.append(site.list(visitor, cursor=pages[-1]["next"], **query))
    return pages
