"""Passkeys as a second factor (WebAuthn level 2): a key in a device that signs for this host alone.

The library is loaded by whoever first uses one: it takes 13 MB, which a process that serves residents never needs.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from backend.core.clock import now
from backend.core.db import Connection
from backend.courts.sign_in import statements

if TYPE_CHECKING:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

NAME = "失信被执行人公示地图"
_CHALLENGE_FOR = timedelta(minutes=5)
# What the library raises, beside its own, for what no authenticator makes: base64 that is none is a ValueError to it.
_MALFORMED = (ValueError, TypeError, KeyError)


@dataclass(frozen=True)
class Site:
    """Where a passkey is used: it signs for a host and says from which page."""

    host: str
    origins: tuple[str, ...]

    @classmethod
    def of(cls, host: str) -> Site:
        """The site of a request's host, with port; over TLS, and in the clear on this machine only."""
        name = host.partition(":")[0]
        local = (f"http://{host}",) if name == "localhost" else ()
        return cls(name, (f"https://{host}", *local))


@dataclass(frozen=True)
class Owner:
    """Whose passkey it is, in which session."""

    officer: UUID
    session: UUID
    login: str
    name: str


def begin_passkey(connection: Connection, site: Site, owner: Owner) -> str:
    """What `navigator.credentials.create` is given, as JSON; what it signs is kept with the session."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers import structs

    challenge = _new_challenge(connection, owner.session)
    options = generate_registration_options(
        rp_id=site.host, rp_name=NAME, user_name=owner.login, user_display_name=owner.name, challenge=challenge,
        user_id=statements.find_user_handle(connection, officer=owner.officer),
        exclude_credentials=_descriptors(connection, owner.officer),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.DISCOURAGED,
            user_verification=structs.UserVerificationRequirement.PREFERRED,
        ),
    )  # fmt: skip
    return options_to_json(options)


def keep_passkey(connection: Connection, site: Site, owner: Owner, credential: str, label: str) -> bool:
    """Keep a new passkey that has signed what this session was given, for this site; False for any other."""
    from webauthn import verify_registration_response
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = statements.take_challenge(connection, session=owner.session, present=now())
    if challenge is None:
        return False
    try:
        made = verify_registration_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=site.host,
            expected_origin=list(site.origins),
        )  # fmt: skip
    except (WebAuthnException, *_MALFORMED):
        return False
    kept: int = statements.insert_passkey(
        connection, id=made.credential_id, officer=owner.officer, public_key=made.credential_public_key,
        sign_count=made.sign_count, label=label.strip()[:60] or "passkey",
    )  # fmt: skip
    return kept == 1


def ask_passkey(connection: Connection, site: Site, owner: Owner) -> str:
    """What `navigator.credentials.get` is given, as JSON."""
    from webauthn import generate_authentication_options, options_to_json

    options = generate_authentication_options(
        rp_id=site.host, challenge=_new_challenge(connection, owner.session),
        allow_credentials=_descriptors(connection, owner.officer),
    )  # fmt: skip
    return options_to_json(options)


def take_passkey(connection: Connection, site: Site, owner: Owner, credential: str) -> bool:
    """Whether one of the officer's passkeys signed what this session was given, which is used up now."""
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
    from webauthn.helpers.exceptions import WebAuthnException

    challenge = statements.take_challenge(connection, session=owner.session, present=now())
    if challenge is None:
        return False
    try:
        known = statements.find_passkey(
            connection,
            officer=owner.officer,
            id=base64url_to_bytes(parse_authentication_credential_json(credential).id),
        )
        if known is None:
            return False
        shown = verify_authentication_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=site.host,
            expected_origin=list(site.origins), credential_public_key=known["public_key"],
            credential_current_sign_count=known["sign_count"],
        )  # fmt: skip
    except (WebAuthnException, *_MALFORMED):
        return False
    statements.use_passkey(connection, id=shown.credential_id, sign_count=shown.new_sign_count)
    return True


def _new_challenge(connection: Connection, session: UUID) -> bytes:
    challenge = secrets.token_bytes(32)
    statements.set_challenge(connection, session=session, challenge=challenge, until=now() + _CHALLENGE_FOR)
    return challenge


def _descriptors(connection: Connection, officer: UUID) -> list[PublicKeyCredentialDescriptor]:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return [
        PublicKeyCredentialDescriptor(id=row["id"]) for row in statements.list_passkeys(connection, officer=officer)
    ]
