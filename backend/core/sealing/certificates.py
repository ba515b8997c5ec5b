"""The server's word that a filing is stored, as which number, in which hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backend.core.sealing.envelopes import is_equal
from backend.core.sealing.labels import HASH_BYTES
from backend.core.sealing.refusals import BadCertificate, Malformed
from backend.core.sealing.signatures import SIGNATURE_BYTES, is_signed, sign_list
from backend.core.sealing.wire import Json, time_to_text, to_bytes, to_text, to_time


@dataclass(frozen=True)
class Certificate:
    """`hour` is UTC and has no minutes: a finer time would help to find out who sent."""

    court: str
    number: int
    hour: datetime
    env: bytes
    head: bytes
    signature: bytes = b""

    def signed_items(self) -> list[Json]:
        if (self.hour.minute, self.hour.second) != (0, 0):
            raise Malformed("a certificate tells the hour, nothing finer")
        hour = time_to_text(self.hour)
        return ["lm1/cert", self.court, self.number, hour, to_text(self.env), to_text(self.head)]

    def to_json(self) -> dict[str, Json]:
        _, court, number, hour, env, head = self.signed_items()
        signature = to_text(self.signature)
        return {"court": court, "number": number, "hour": hour, "env": env, "head": head, "signature": signature}

    @classmethod
    def from_json(cls, value: Json) -> Certificate:
        match value:
            case {"court": str(court), "number": int(number), "hour": hour, "env": env, "head": head, "signature": sig}:
                pass
            case _:
                raise Malformed("not a certificate")
        hashes = to_bytes(env, HASH_BYTES), to_bytes(head, HASH_BYTES)
        return cls(court, number, to_time(hour), *hashes, to_bytes(sig, SIGNATURE_BYTES))


def sign_certificate(unsigned: Certificate, seed: bytes) -> Certificate:
    signature = sign_list(unsigned.signed_items(), seed)
    return Certificate(unsigned.court, unsigned.number, unsigned.hour, unsigned.env, unsigned.head, signature)


def check_certificate(certificate: Certificate, server_key: bytes, court: str, env: bytes) -> None:
    """Raises BadCertificate unless the server signed that this court has what the sender sent (`env`)."""
    if not is_signed(certificate.signed_items(), certificate.signature, server_key):
        raise BadCertificate("not signed by the court's server")
    if certificate.court != court or not is_equal(certificate.env, env):
        raise BadCertificate("signed for another court or other contents")
