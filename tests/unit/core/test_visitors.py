from __future__ import annotations

import base64
import hmac

import pytest

from backend.core.visitors import TOKEN_SECONDS, AddressHasher, make_token, network_of, read_token

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW = 1_790_000_000.0


def test_a_token_is_read_until_it_ends() -> None:
    token, ends_at = make_token(KEY, NOW)
    assert ends_at == NOW + TOKEN_SECONDS
    visitor = read_token(KEY, token, NOW)
    assert visitor
    assert len(visitor) == 32
    assert read_token(KEY, token, ends_at - 1) == visitor
    assert read_token(KEY, token, ends_at) is None


def test_every_token_is_another_visitor() -> None:
    assert len({read_token(KEY, make_token(KEY, NOW)[0], NOW) for _ in range(100)}) == 100


def test_forged_tokens_are_none() -> None:
    token, _ = make_token(KEY, NOW)
    raw = bytearray(base64.urlsafe_b64decode(token))
    longer = raw[:16] + (int(NOW) * 2).to_bytes(6, "big") + raw[22:]
    unsigned = raw[:22] + hmac.digest(b"", raw[:22], "sha256")
    forged = [base64.urlsafe_b64encode(bytes(body)).decode() for body in (longer, unsigned, raw[::-1], bytes(54))]
    forged += ["", "x", "A" * 72, token[:-1], token + "A", token.swapcase(), " " + token[1:], "张" * 72, "\0" * 72]
    forged.append(make_token(OTHER_KEY, NOW)[0])
    assert [text for text in forged if read_token(KEY, text, NOW)] == []
    assert read_token(KEY, token, NOW)


def test_an_address_has_one_hash_a_day_and_another_the_next() -> None:
    hasher = AddressHasher(KEY)
    today = hasher.digest("192.0.2.1", NOW)
    assert hasher.digest("192.0.2.1", NOW + 1) == today
    assert hasher.digest("192.0.2.2", NOW) != today
    assert hasher.digest("192.0.2.1", NOW + 86_400) != today
    assert hasher.digest("192.0.2.1", NOW) == today
    assert AddressHasher(OTHER_KEY).digest("192.0.2.1", NOW) != today
    assert "192.0.2.1" not in repr(vars(hasher))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9%eth0", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("", ""),
        ("not:an:address", "not:an:address"),
    ],
)
def test_an_address_is_a_host_of_ipv4_or_a_network_of_ipv6(address: str, network: str) -> None:
    assert network_of(address) == network
