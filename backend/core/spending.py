"""Proofs of work are spent: each is good once, for the one thing it was made for."""

from __future__ import annotations

from backend.core.errors import FieldError, Invalid
from backend.core.limits import brakes
from backend.core.proof import read_proof


def spend_challenge(text: str, purpose: str) -> None:
    """Take a solved challenge of the present request.

    Raises:
        Invalid: unsolved, forged, ended, solved for another purpose, or used before.
    """
    try:
        proof = read_proof(brakes().keys.of("challenge"), purpose, text, brakes().clock())
    except ValueError as error:
        raise Invalid(errors=(FieldError("/body/challenge", str(error)),)) from None
    if not brakes().budgets.spend(proof.challenge, proof.ends_at):
        raise Invalid(errors=(FieldError("/body/challenge", "was used before; ask for another challenge"),))
