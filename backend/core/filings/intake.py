"""What the routes of every kind of filing do alike: take one in, tell how it stands, take later words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Response

from backend.core.errors import Conflict, Invalid
from backend.core.filings.braking import count_filing, count_guess, count_words, mark_of, prove, refuse_guessing
from backend.core.filings.desk import (
    SMALL_BODY,
    Acceptance,
    box_statements,
    boxed,
    described,
    expires_on,
    find_by_lookup,
    present_key,
    refuse_old_key,
    shred_store,
    take_body,
)
from backend.core.filings.filing import Beside, Filing, Submission, Target, file, find, same_contents
from backend.core.filings.messages import Talk, Words
from backend.core.filings.refusals import TooManyWords
from backend.core.http import database, settings, unstored
from backend.core.sealing.receipts import row_key

# What an id names at a court, and what the feature adds in the transaction that stores. Raises Invalid for no target.
FindAim = Callable[[UUID, UUID], tuple[Target, Beside]]


@dataclass(frozen=True)
class Intake:
    """One kind of filing.

    Attributes:
        challenges: for what the solved challenges must have been made.
        acceptance: by what a court says that it takes this kind.
    """

    purpose: str
    challenges: str
    acceptance: Acceptance

    def read_quietly(self, *, files: bool) -> None:
        """Before each request; only one that files may be large."""
        take_body(settings().filings.max_bytes if files else SMALL_BODY)

    def file(self, body: dict[str, Any], find_aim: FindAim) -> Filing:
        """Store what was sent, or find what was stored before under its receipt.

        Raises:
            OtherContents, NotStored: as `filing.file`.
            Exceeded: of a new filing, and of whoever guesses receipts.
            NotOpen, KeyReplaced, Invalid: of a new filing only.
        """
        submission = Submission(
            self.purpose, body["court"], Target("", body["target"]), body["key_id"], body["lookup"], body["sealed"],
            tuple(body["photos"]),
        )  # fmt: skip
        refuse_guessing()
        known = find(database(), submission.lookup)
        if known is not None:
            return same_contents(known, submission)
        mark = mark_of(
            self.purpose, submission.court.bytes, submission.target.id.bytes, str(submission.key_id).encode(),
            row_key(submission.lookup), submission.env,
        )  # fmt: skip
        try:
            refuse_old_key(submission.key_id, present_key(submission.court, self.acceptance))
            target, beside = find_aim(submission.court, body["target"])
            prove(self.challenges, body["challenge"], mark)
        except (Conflict, Invalid):
            # Without a proof the refusal tells no more than that nothing lies under a receipt: to whoever guesses.
            count_guess()
            raise
        count_filing(self.purpose, target, mark)
        return file(database(), shred_store(), replace(submission, target=target), beside)

    def follow(self, lookup: bytes) -> tuple[Filing, dict[str, Any]]:
        """A bearer's filing, and what every status says. Raises UnknownReceipt and Exceeded."""
        filing = find_by_lookup(lookup, self.purpose)
        answers, following = Talk(database(), shred_store(), filing, lookup).read()
        said = {
            "messages": boxed(answers),
            "next_n": following if following <= settings().filings.messages_per_filing else None,
            "keys": box_statements(filing, answers),
            "expires_on": expires_on(filing),
        }
        return filing, described(filing) | said

    def add_words(self, body: dict[str, Any]) -> Response:
        """Store later words. Raises UnknownReceipt, TooManyWords, OtherContents, Destroyed, NotStored, Exceeded.

        What is there already costs nothing, whether these words or others.
        """
        filing, n = find_by_lookup(body["lookup"], self.purpose), body["n"]
        if n > settings().filings.messages_per_filing:
            raise TooManyWords(f"At most {settings().filings.messages_per_filing}.")
        talk = Talk(database(), shred_store(), filing, body["lookup"])
        if not talk.holds(n, body["sealed"]):
            mark = mark_of(f"{self.purpose} {n}", row_key(body["lookup"]), body["sealed"])
            if "challenge" in body:
                prove(self.challenges, body["challenge"], mark)
            count_words(mark)
            key_id = body.get("key_id") or present_key(filing.court_id, self.acceptance)
            talk.add(Words(n, key_id, body["sealed"]))
        return unstored({"n": n}, 201)
