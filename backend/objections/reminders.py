"""One WeChat message that a court has answered an objection: asked for by whoever filed it, sent once, forgotten.

It says neither who asked nor about what; the words are the operator's and the same for everybody. Tips have nothing of
the kind: who informs is never asked to sign in.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from functools import cache
from threading import BoundedSemaphore
from typing import Any
from uuid import UUID

from backend.config import WeChatSettings
from backend.core.db import Database
from backend.core.errors import Conflict, FieldError, Invalid
from backend.core.filings.filing import Filing, commit, writing
from backend.core.filings.refusals import Destroyed
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.receipts import row_key
from backend.core.sealing.rows import Place, unwrap_row, wrap_row
from backend.core.wechat import NoReply, QuotaSpent, SpentCode, Undeliverable, WeChat, WrongSettings
from backend.objections.service import queries

# Where the message leads: the page asks for the code, since no address may hold it.
PAGE = "pages/filings/follow/index"
# An openid has 28 characters; a length of its own would tell apps apart.
_OPENID_BYTES = 128
# A resident waits for the first, nobody for the second.
_ATTEMPTS_ASKING, _ATTEMPTS_SENDING = 2, 3
# Of the few requests that a process works on at one time (WORKING_AT_ONCE): a slow WeChat must not hold those who only
# read the site.
_AT_ONCE, _WAIT_SECONDS = 2, 0.5
_asked_now = BoundedSemaphore(_AT_ONCE)
_log = logging.getLogger(__name__)


class NoReminder(Conflict):
    """No reminder can be had for this"""


@dataclass(frozen=True)
class Request:
    """Who asks to be reminded: `code` is what `wx.login` gave, good once and for five minutes."""

    filing: Filing
    lookup: bytes = field(repr=False)
    code: str = field(repr=False)


@dataclass
class Sendings:
    """What became of the reminders that were due."""

    sent: int = 0
    undeliverable: int = 0
    waiting: int = 0


@cache
def _asking(settings: WeChatSettings) -> WeChat:
    return WeChat(settings, _ATTEMPTS_ASKING)


@cache
def _sending(settings: WeChatSettings) -> WeChat:
    return WeChat(settings, _ATTEMPTS_SENDING)


def find_offer(database: Database, settings: WeChatSettings, lookup: bytes) -> dict[str, Any] | None:
    """What a page needs to offer a reminder of an undecided objection; None where this server sends none."""
    if not settings.on:
        return None
    with writing(database) as connection:
        asked = queries.reminder_asked(connection, rowkey=row_key(lookup))
    return {"template_id": settings.template_id, "asked": asked}


def ask(database: Database, store: ShredStore, settings: WeChatSettings, request: Request) -> None:
    """Keep whom to remind, sealed under the filing's own key; asked for again, the last phone counts.

    Raises:
        NoReminder: this server sends none, or the objection is decided.
        Destroyed: the filing's key is gone.
        Invalid: the code is none, used, or too old.
        NoReply: WeChat is busy or away, or refuses what only an operator can mend.
        NotStored: whether it is stored is not certain.
    """
    if not settings.on:
        raise NoReminder("This service sends no reminders.")
    key = store.find(request.filing.id)
    if key is None:
        raise Destroyed
    openid = _find_openid(settings, request.code).encode().ljust(_OPENID_BYTES, b"\0")
    sealed = wrap_row(openid, _place(request.filing.court_id, request.filing.id, request.filing.key_id), key)
    with writing(database) as connection:
        kept = queries.ask_reminder(connection, rowkey=row_key(request.lookup), openid=sealed)
        commit(connection)
    if not kept:
        raise NoReminder("The objection is decided.")


def withdraw(database: Database, lookup: bytes) -> None:
    """Forget whom to remind, if anybody. Raises NotStored."""
    with writing(database) as connection:
        queries.withdraw_reminder(connection, rowkey=row_key(lookup))
        commit(connection)


def _find_openid(settings: WeChatSettings, code: str) -> str:
    if not _asked_now.acquire(timeout=_WAIT_SECONDS):
        raise NoReply
    try:
        return _asking(settings).find_openid(code)
    except SpentCode:
        error = FieldError("/body/code", "is wrong, used, or older than five minutes")
        raise Invalid(errors=(error,)) from None
    except WrongSettings as error:
        _log.error("%s", error)  # the number that WeChat gave, and what to look at
        raise NoReply from None
    finally:
        _asked_now.release()


def _place(court: UUID, filing: UUID, key_id: int) -> Place:
    return Place(str(court), str(filing), key_id, "reminder")


def send_due(database: Database, store: ShredStore, settings: WeChatSettings) -> Sendings:
    """Send every reminder that is due, and forget each with its message; what WeChat cannot take now stays.

    Raises:
        WrongSettings: WeChat refuses what only an operator can mend; nothing is forgotten.
    """
    done = Sendings()
    with database.transaction("operator") as connection:
        queries.forget_old_reminders(connection, days=settings.try_days)
        due = list(queries.list_due_reminders(connection)) if settings.on else []
    for position, row in enumerate(due):
        try:
            _send(store, settings, row)
            done.sent += 1
        except (Undeliverable, Destroyed):
            done.undeliverable += 1
        except (NoReply, QuotaSpent):
            done.waiting = len(due) - position
            break
        with database.transaction("operator") as connection:
            queries.forget_reminder(connection, filing=row["filing_id"])
    return done


def _send(store: ShredStore, settings: WeChatSettings, row: dict[str, Any]) -> None:
    key = store.find(row["filing_id"])
    if key is None:
        raise Destroyed
    place = _place(row["court_id"], row["filing_id"], row["key_id"])
    openid = unwrap_row(row["openid"], place, key).rstrip(b"\0").decode()
    _sending(settings).send(openid, PAGE)
