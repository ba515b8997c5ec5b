from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.courts.sign_in_rules import (
    PasswordGuessable,
    PasswordTooLong,
    PasswordTooShort,
    check_new_password,
    waiting_time,
)

ABOUT = ("li.hua", "李华", "石家庄市裕华区人民法院", "冀0108")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple", "x7Kp!9qLm2#vRt4z", "tin-oven-cloud-mast-6", "seven-grey-herons-wade",
        "我家门前有两棵树另一棵也是枣树呢",
    ],
)  # fmt: skip
def test_a_long_password_of_unrelated_parts_is_good(password: str) -> None:
    check_new_password(password, ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "password1234567", "P@ssw0rdP@ssw0rd", "qwertyuiopasdfghjkl", "1qaz2wsx3edc4rfv",
        "aaaaaaaaaaaaaaaaaa", "abcdefghijklmnopq", "9876543210987654", "iloveyou iloveyou 2026",
        "li.hua.li.hua.li.hua", "LiHua-court-2026-03", "裕华区人民法院裕华区人民法院2026", "fayuan-zhixing-2026!",
        "m0nkey-dr@g0n-m0nkey", "LiHua-court-1968-2047", "ｑｗｅｒｔｙｕｉｏｐａｓｄｆｇｈｊｋｌ",
    ],
)  # fmt: skip
def test_common_words_ones_own_and_patterns_are_not(password: str) -> None:
    with pytest.raises(PasswordGuessable):
        check_new_password(password, ABOUT)


def test_what_is_known_of_the_owner_is_what_makes_it_guessable() -> None:
    check_new_password("wangxiaofeng-zhengding", ABOUT)
    with pytest.raises(PasswordGuessable):
        check_new_password("wangxiaofeng-zhengding", ("wang.xiaofeng", "王晓峰", "zhengding"))


def test_length_counts_characters() -> None:
    with pytest.raises(PasswordTooShort):
        check_new_password("x7Kp!9qLm2#vRt", ABOUT)
    with pytest.raises(PasswordTooLong):
        check_new_password("x7Kp!9qLm2#vRt4z" * 13, ABOUT)


def test_whoever_fails_five_times_waits_until_the_first_is_a_quarter_of_an_hour_ago() -> None:
    failures = [NOON + timedelta(minutes=minute) for minute in range(5)]
    last = failures[-1]
    assert waiting_time(failures[:4], 5, last) == timedelta()
    assert waiting_time(failures, 5, last) == timedelta(minutes=11)
    assert waiting_time(failures, 5, NOON + timedelta(minutes=15)) == timedelta()


def test_one_more_failure_after_the_wait_makes_wait_for_the_next() -> None:
    failures = [NOON + timedelta(minutes=minute) for minute in (0, 1, 2, 3, 4, 15)]
    assert waiting_time(failures, 5, failures[-1]) == timedelta(minutes=1)
