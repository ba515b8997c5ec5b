"""Why a filing is refused; each docstring is the title a caller reads."""

from __future__ import annotations

from backend.core.errors import Conflict, Forbidden, NotFound, Overloaded


class NotOpen(Conflict):
    """This court does not take this here yet"""


class KeyReplaced(Conflict):
    """The court has another key now; seal to that one"""


class OtherContents(Conflict):
    """Something else was filed under this receipt"""


class UnknownReceipt(NotFound):
    """Not Found"""


class TooManyWords(Conflict):
    """No more messages are taken for this filing"""


class NotStored(Overloaded):
    """It is not certain that this was stored; send it again as it is"""


class NotAReader(Forbidden):
    """This officer holds no key of the court that opens this"""


class TooManyOpened(Forbidden):
    """Too many filings were opened in the last ten minutes"""


class Destroyed(NotFound):
    """The filing's key is destroyed"""
