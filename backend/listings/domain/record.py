"""One row of a file checked against every rule: a listing, a removal, or a reason for quarantine."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from backend.core.names import fold
from backend.listings.domain import ages, wording
from backend.listings.domain.case_numbers import CaseNumber, read_case_number
from backend.listings.domain.dates import check_date
from backend.listings.domain.fields import Row, as_texts
from backend.listings.domain.identifiers import (
    Identifier,
    birth_date_of,
    birth_year_of,
    normalise,
    read_body_identifier,
    read_person_identifier,
)
from backend.listings.domain.placement import Place, place_body, place_person
from backend.listings.domain.redaction import Redacted, holds_private_number, redact
from backend.listings.domain.rejection import Reason, Rejected

# Two years and at most three more (Article 2), with room for a decision published late.
LONGEST_TERM = timedelta(days=366 * 10)


class Court(NamedTuple):
    """A court as the register knows it; `province` is the name of the province its area lies in."""

    id: str
    code: str
    area_code: str
    province: str


@dataclass(frozen=True)
class Register:
    """What the rules must know of the database: courts by folded name, counties, and the court of a full list."""

    courts: Mapping[str, tuple[Court, ...]]
    counties: frozenset[str]
    today: date
    only_court: Court | None = None


class Key(NamedTuple):
    """What makes two rows the same listing (docs/import.md); the identifier is hashed and forgotten."""

    court: Court
    case: CaseNumber
    kind: str
    name: str
    name_folded: str
    identifier: Identifier


class Content(NamedTuple):
    """What a listing says beside its key."""

    place: Place
    sex: str | None
    age_band: str | None
    representative: str | None
    basis_issuer: str | None
    basis_number: str | None
    duty: Redacted
    performance: str
    performed_part: Redacted
    unperformed_part: Redacted
    ground_mask: int
    filed_on: date | None
    published_on: date
    term_ends_on: date | None


class Removal(NamedTuple):
    """The file says that a listing has left the list, since when and why."""

    ended_on: date
    cause: str


def check(row: Row, register: Register) -> tuple[Key, Content | Removal]:
    """Apply every rule to one row as the file holds it.

    Raises:
        Rejected: at the first rule broken, with its field and reason.
    """
    texts = as_texts(row)
    key = _read_key(texts, register)
    if texts.cause or texts.exit_on or texts.performance == wording.LEFT_THE_LIST:
        return key, _read_removal(texts, register.today)
    return key, _read_content(texts, key, register)


def readable_key(row: Row, register: Register) -> Key | None:
    """The key of a row that was rejected for something else, or None where the key itself cannot be read.

    With it a full list keeps the listing of a quarantined row. A full ID in the wrong column is reduced first.
    """
    try:
        texts = as_texts(row)
        card = normalise(texts.identifier)
        if birth_date_of(card) is not None:
            texts = texts._replace(identifier="", full_id=card)
        return _read_key(texts, register)
    except Rejected:
        return None


class Minor(NamedTuple):
    """Whom a row, published on its day, shows to be a minor; `certain` False where only the year of birth says it."""

    key: Key
    published_on: date
    certain: bool


def revealed_minor(row: Row, rejected: Rejected, register: Register) -> Minor | None:
    """Who is a minor by a row that was rejected for that; None for every other row (Article 4)."""
    key = readable_key(row, register) if rejected.reason is Reason.MINOR else None
    if key is None:
        return None
    texts = as_texts(row)
    # Read before the age, so it can be read.
    published_on = check_date("published_on", texts.published_on, latest=register.today)
    return Minor(key, published_on or register.today, rejected.field != "age" or bool(texts.age))


def readable_name(row: Row) -> str | None:
    """The folded name of a rejected row, or None; without control characters, which no database holds."""
    if not isinstance(row.name, str):
        return None
    return fold("".join(sign for sign in row.name if unicodedata.category(sign) not in {"Cc", "Cs"})) or None


def _read_key(texts: Row, register: Register) -> Key:
    name_folded = fold(texts.name)
    if not name_folded:
        raise Rejected("name", Reason.EMPTY_NAME)
    if holds_private_number(f"{texts.name}\n{texts.representative}\n{texts.basis_number}\n{texts.basis_issuer}"):
        _refuse_private_number(texts)
    case = _read_case(texts.case_number)
    court = _find_court(texts, case, register)
    card, full_id = normalise(texts.identifier), normalise(texts.full_id)
    kind = "person" if full_id and not texts.kind else wording.read_kind(texts.kind, card, texts.sex, name_folded)
    identifier = read_person_identifier(card, full_id) if kind == "person" else read_body_identifier(card)
    return Key(court, case, kind, texts.name, name_folded, identifier)


def _refuse_private_number(texts: Row) -> None:
    for field in ("name", "representative", "basis_number", "basis_issuer"):
        if holds_private_number(getattr(texts, field)):
            raise Rejected(field, Reason.PRIVATE_NUMBER)


def _read_case(text: str) -> CaseNumber:
    try:
        return read_case_number(text)
    except ValueError:
        raise Rejected("case_number", Reason.CASE_NUMBER) from None


@lru_cache(maxsize=16_384)
def _fold_court(name: str) -> str:
    return fold(name)


def _find_court(texts: Row, case: CaseNumber, register: Register) -> Court:
    """The court by its folded name; a shared name is decided by the case number's court sign, then by province."""
    only = register.only_court
    if only and not texts.court:
        return only
    candidates = register.courts.get(_fold_court(texts.court), ())
    if len(candidates) > 1:
        candidates = (
            tuple(court for court in candidates if court.code == case.court_code)
            or tuple(court for court in candidates if texts.province and court.province.startswith(texts.province))
        )  # fmt: skip
    if len(candidates) != 1:
        raise Rejected("court", Reason.UNKNOWN_COURT)
    if only and candidates[0].id != only.id:
        raise Rejected("court", Reason.OTHER_COURT)
    return candidates[0]


def _read_removal(texts: Row, today: date) -> Removal:
    ended_on = check_date("exit_on", texts.exit_on, latest=today) or today
    return Removal(ended_on, wording.read_cause(texts.cause) if texts.cause else "stated")


def _read_content(texts: Row, key: Key, register: Register) -> Content:
    today = register.today
    published_on = check_date("published_on", texts.published_on, latest=today)
    if published_on is None:
        raise Rejected("published_on", Reason.UNREADABLE_DATE)
    term_ends_on = check_date("term_ends_on", texts.term_ends_on, latest=today + LONGEST_TERM)
    if term_ends_on and term_ends_on < published_on:
        raise Rejected("term_ends_on", Reason.IMPOSSIBLE_DATE)
    if texts.area_code and texts.area_code not in register.counties:
        raise Rejected("area_code", Reason.UNKNOWN_AREA)
    person = key.kind == "person"
    return Content(
        place=_place(texts, key),
        sex=wording.read_sex(texts.sex) if person else None,
        age_band=_read_age_band(texts, published_on) if person else None,
        representative=None if person else texts.representative or None,
        basis_issuer=texts.basis_issuer or None,
        basis_number=texts.basis_number or None,
        duty=redact(texts.duty),
        performance=wording.read_performance(texts.performance),
        performed_part=redact(texts.performed_part),
        unperformed_part=redact(texts.unperformed_part),
        ground_mask=wording.read_grounds(texts.grounds),
        filed_on=check_date("filed_on", texts.filed_on, latest=today),
        published_on=published_on,
        term_ends_on=term_ends_on,
    )


def _place(texts: Row, key: Key) -> Place:
    if key.kind == "person":
        return place_person(texts.area_code, key.court.area_code)
    return place_body(texts, key.identifier, key.name_folded, key.court.area_code)


def _read_age_band(texts: Row, published_on: date) -> str | None:
    """The band of the age at publication, after the check for minors; the age itself goes no further."""
    age = ages.read_age(texts.age)
    born_on = check_date("birth_date", texts.birth_date, latest=published_on)
    ages.refuse_minor(age, born_on, published_on)
    if texts.full_id:
        born_on = birth_date_of(normalise(texts.full_id))
        ages.refuse_minor(age, born_on, published_on)
    if age is None and born_on:
        age = ages.age_on(born_on, published_on)
    if age is None:
        ages.refuse_possible_minor(birth_year_of(normalise(texts.identifier)), published_on)
    return ages.age_band(age)
