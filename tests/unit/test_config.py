from __future__ import annotations

import os
import subprocess
import sys

import pytest

from backend.config import ROOT, Settings
from backend.core.errors import OperatorError


def test_defaults_need_no_environment() -> None:
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.home_area, settings.database_url) == (
        "127.0.0.1",
        8000,
        "130108",
        None,
    )


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "abc"), ("PORT", "0"), ("PORT", "65536"), ("DEMO_LISTINGS", "-1"), ("PORT", "²")]
)
def test_a_bad_number_is_named_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(OperatorError, match=rf"{name} must be a whole number from \d+ to \d+, not '.+'\.$"):
        Settings.from_environment({name: value})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_limits_may_be_off_on_loopback(host: str) -> None:
    assert not Settings.from_environment({"RATE_LIMITS": "off", "HOST": host}).limits.on
    assert Settings.from_environment({"HOST": host}).limits.on


@pytest.mark.parametrize(
    "host",
    ["192.168.0.1", "::", "0.0.0.0", "example.org", "localhost.example.org", "127.0.0.1.x"],  # noqa: S104
)
def test_limits_are_never_off_beyond_loopback(host: str) -> None:
    with pytest.raises(OperatorError, match=r"RATE_LIMITS=off is for measuring on one machine only"):
        Settings.from_environment({"RATE_LIMITS": "off", "HOST": host})
    assert Settings.from_environment({"HOST": host}).limits.on


@pytest.mark.parametrize("text", ["0", "OFF", "no", "false", " off"])
def test_only_off_turns_limits_off(text: str) -> None:
    with pytest.raises(OperatorError, match="RATE_LIMITS must be on or off"):
        Settings.from_environment({"RATE_LIMITS": text})


def test_a_wrong_redis_address_is_refused() -> None:
    with pytest.raises(OperatorError, match="REDIS_URL must look like"):
        Settings.from_environment({"REDIS_URL": "localhost:6379"})


def test_a_wrong_database_address_is_refused() -> None:
    with pytest.raises(OperatorError, match="DATABASE_URL must look like"):
        Settings.from_environment({"DATABASE_URL": "mysql://x"})


def test_the_short_scheme_is_taken() -> None:
    assert Settings.from_environment({"DATABASE_URL": "postgres://h/d"}).database_url == "postgresql://h/d"


def test_the_command_line_ends_with_the_sentence_and_no_trace() -> None:
    command = [sys.executable, "-m", "flask", "--app", "backend", "migrate"]
    done = subprocess.run(command, env={**os.environ, "PORT": "abc"}, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0
    assert done.stderr == "Error: PORT must be a whole number from 1 to 65535, not 'abc'.\n"


WECHAT = {"WECHAT_APP_ID": "wxfictional", "WECHAT_APP_SECRET": "fictional-secret", "WECHAT_TEMPLATE_ID": "t"}


def test_reminders_are_off_until_the_account_is_whole() -> None:
    assert not Settings.from_environment({}).wechat.on
    settings = Settings.from_environment(WECHAT)
    assert settings.wechat.on
    assert "fictional-secret" not in repr(settings)
    for name in WECHAT:
        with pytest.raises(OperatorError, match="or none of them"):
            Settings.from_environment({key: value for key, value in WECHAT.items() if key != name})


@pytest.mark.parametrize(
    "text",
    ["thing1", "thing1=", "name1=某人", "date2=2026年", "thing1=" + "字" * 21, "phrase1=六个汉字以上", "=x", ";"],
)
def test_a_message_takes_fixed_words_that_wechat_takes(text: str) -> None:
    with pytest.raises(OperatorError, match="WECHAT_TEMPLATE_FIELDS"):
        Settings.from_environment(WECHAT | {"WECHAT_TEMPLATE_FIELDS": text})
    fields = Settings.from_environment(WECHAT | {"WECHAT_TEMPLATE_FIELDS": "phrase1=有了答复;thing12=请查看"})
    assert fields.wechat.template_fields == (("phrase1", "有了答复"), ("thing12", "请查看"))


@pytest.mark.parametrize("url", ["http://api.weixin.qq.com", "api.weixin.qq.com", "ftp://127.0.0.1"])
def test_the_secret_leaves_by_https_only(url: str) -> None:
    with pytest.raises(OperatorError, match="WECHAT_API_URL must begin with https"):
        Settings.from_environment({"WECHAT_API_URL": url})
    assert Settings.from_environment({"WECHAT_API_URL": "http://127.0.0.1:1/"}).wechat.api_url == "http://127.0.0.1:1"


def test_the_source_is_named_by_an_address_that_can_be_trusted() -> None:
    assert not Settings.from_environment({}).source_url
    assert Settings.from_environment({"SOURCE_URL": "https://code.example.cn/map/"}).source_url.endswith("/map")
    with pytest.raises(OperatorError, match="SOURCE_URL must begin with https://"):
        Settings.from_environment({"SOURCE_URL": "javascript:alert(1)"})
