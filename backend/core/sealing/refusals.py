"""Why something sealed, signed or typed is refused; each docstring is the title a caller reads."""

from __future__ import annotations

from backend.core.errors import Invalid


class MistypedReceipt(Invalid):
    """The receipt has a wrong character or is not complete"""


class Malformed(Invalid):
    """The bytes are not of the form the protocol lays down"""


class TooLong(Invalid):
    """The text is too long to be sealed"""


class CannotOpen(Invalid):
    """The sealed bytes cannot be opened with this key"""


class Misdirected(Invalid):
    """What was sealed belongs to another place or speaker"""


class UntrustedKey(Invalid):
    """The key is not one to be trusted now"""


class BrokenChain(Invalid):
    """The chain does not lead from one head to the next"""


class BadCertificate(Invalid):
    """The certificate was not signed for this filing"""
