from __future__ import annotations

from backend.courts.sign_in_passkeys import Site


def test_a_passkey_signs_over_tls_and_in_the_clear_on_this_machine_only() -> None:
    assert Site.of("court.example:8443") == Site("court.example", ("https://court.example:8443",))
    assert Site.of("localhost:8080") == Site("localhost", ("https://localhost:8080", "http://localhost:8080"))
