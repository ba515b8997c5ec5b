"""The claim of a reward: who claims is sealed to reward officers, and proved by a tag that lay in the first letter."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from backend.core.sealing.envelopes import (
    KeyPair,
    Random,
    box_object,
    is_equal,
    seal_object,
    unbox_object,
    unseal_object,
)
from backend.core.sealing.labels import HASH_BYTES, labelled_hash
from backend.core.sealing.refusals import Malformed, Misdirected
from backend.core.sealing.wire import Json, to_bytes, to_text


@dataclass(frozen=True)
class Claim:
    """`claim` proves it; the rest says who is to be paid and where."""

    claim: bytes = field(repr=False)
    name: str
    identity_number: str
    account: str


@dataclass(frozen=True)
class Award:
    """What a reading officer tells the reward officers of a useful filing: nothing of its contents."""

    number: int
    rank: int
    claim_tag: bytes


def claim_tag_of(claim: bytes) -> bytes:
    return labelled_hash("claimtag", claim)


def seal_claim(claim: Claim, reward_key: bytes) -> bytes:
    value: dict[str, Json] = {"name": claim.name, "id": claim.identity_number, "account": claim.account}
    return seal_object(value | {"claim": to_text(claim.claim)}, reward_key)


def unseal_claim(sealed: bytes, pair: KeyPair, award: Award) -> Claim:
    """Raises Misdirected if the claimant cannot be who sent what the award is for."""
    match unseal_object(sealed, pair):
        case {"claim": proof, "name": str(name), "id": str(identity_number), "account": str(account), **rest} if (
            not rest
        ):
            claim = to_bytes(proof, HASH_BYTES)
        case _:
            raise Malformed("not a claim")
    if not is_equal(claim_tag_of(claim), award.claim_tag):
        raise Misdirected("the claim does not fit the award")
    return Claim(claim, name, identity_number, account)


def box_award(award: Award, reward_key: bytes, court_secret: bytes, random: Random = secrets.token_bytes) -> bytes:
    value: dict[str, Json] = {"number": award.number, "rank": award.rank, "claim_tag": to_text(award.claim_tag)}
    return box_object(value, reward_key, court_secret, random)


def unbox_award(boxed: bytes, court_key: bytes, reward_secret: bytes) -> Award:
    match unbox_object(boxed, court_key, reward_secret):
        case {"number": int(number), "rank": int(rank), "claim_tag": tag, **rest} if not rest:
            return Award(number, rank, to_bytes(tag, HASH_BYTES))
        case _:
            raise Malformed("not an award")
