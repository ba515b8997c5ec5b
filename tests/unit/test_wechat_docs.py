"""docs/wechat.md says what the code does: every interface, every declaration, the domain and the version."""

from __future__ import annotations

import json
import re
import tomllib

from backend.config import ROOT
from backend.core import wechat

PROGRAM = ROOT / "miniprogram"
GUIDE = (ROOT / "docs" / "wechat.md").read_text("utf-8")
# WeChat's own list of what app.json must declare before it works.
DECLARED = {
    "getFuzzyLocation", "getLocation", "onLocationChange", "startLocationUpdate", "startLocationUpdateBackground",
    "chooseLocation", "choosePoi", "chooseAddress",
}  # fmt: skip
# WeChat's own list of interfaces that a privacy statement must name; the developer tools warn of each.
PRIVATE = DECLARED | {
    "addPhoneCalendar", "addPhoneContact", "addPhoneRepeatCalendar", "authorize", "chooseContact", "chooseImage",
    "chooseInvoice", "chooseInvoiceTitle", "chooseLicensePlate", "chooseMedia", "chooseMessageFile", "chooseVideo",
    "createVKSession", "getClipboardData", "getRecorderManager", "getUserInfo", "getUserProfile", "getWeRunData",
    "openBluetoothAdapter", "saveImageToPhotosAlbum", "saveVideoToPhotosAlbum", "setClipboardData",
    "startAccelerometer", "startCompass", "startDeviceMotionListening", "startGyroscope", "startRecord",
}  # fmt: skip
# Names who somebody is, so the statement tells of it although WeChat does not insist.
IDENTIFYING = {"login"}


def _used() -> set[str]:
    sources = [
        path
        for path in PROGRAM.rglob("*.ts")
        if not {"node_modules", "web"} & set(path.relative_to(PROGRAM).parts)
    ]  # fmt: skip
    assert len(sources) > 100
    code = "\n".join(re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL) for path in sources)
    return set(re.findall(r"\bwx\.(\w+)", code))


def _private_in_guide() -> set[str]:
    rows = re.findall(r"^\| `wx\.(\w+)` \| [^|]+ \| ([^|]+) \|", GUIDE, re.MULTILINE)
    return {name for name, kind in rows if not kind.startswith("none")}


def test_every_interface_of_wechat_is_named_and_none_besides() -> None:
    assert _used() == set(re.findall(r"`wx\.(\w+)`", GUIDE))


def test_what_touches_a_persons_data_is_in_the_privacy_statement() -> None:
    assert _private_in_guide() == _used() & (PRIVATE | IDENTIFYING)
    assert _used() & PRIVATE, "the lists of WeChat are about names as the code has them"


def test_the_program_declares_what_it_uses_and_nothing_else() -> None:
    program = json.loads((PROGRAM / "app.json").read_text("utf-8"))
    assert set(program["requiredPrivateInfos"]) == _used() & DECLARED
    assert set(program["permission"]) == {"scope.userFuzzyLocation"}
    assert program["__usePrivacyCheck__"] is True
    table = dict(re.findall(r"^\| `(\w+)` \| `([\w.]+)` \|", GUIDE, re.MULTILINE))
    assert table == {
        "requiredPrivateInfos": ", ".join(program["requiredPrivateInfos"]),
        "permission": ", ".join(program["permission"]),
        "__usePrivacyCheck__": "true",
        "lazyCodeLoading": program["lazyCodeLoading"],
    }


def test_no_interface_asks_at_launch() -> None:
    launch = (PROGRAM / "app.ts").read_text("utf-8")
    asking = PRIVATE | IDENTIFYING | {"requestSubscribeMessage", "requirePrivacyAuthorize"}
    assert not set(re.findall(r"\bwx\.(\w+)", launch)) & asking


def test_the_guide_knows_every_number_that_the_reminder_tells_apart() -> None:
    rows = re.findall(r"^\| ([-\d, ]+\d)(?:, no answer)? \| [^|]+ \| ([^|]+) \|$", GUIDE, re.MULTILINE)
    by_end: dict[str, set[int]] = {}
    for numbers, end in rows:
        by_end.setdefault(end.strip(), set()).update(map(int, numbers.split(",")))
    assert by_end.pop("tried three times, then at the next run") == wechat._BUSY
    assert by_end.pop("renewed once, then an error") == wechat._STALE_TOKEN
    assert by_end.pop("forgotten") == wechat._UNDELIVERABLE
    assert by_end.pop("waits for the next run") == wechat._QUOTA_SPENT
    assert by_end.pop("the page says that it was not set") == wechat._SPENT_CODE
    known = wechat._BUSY | wechat._STALE_TOKEN | wechat._UNDELIVERABLE | wechat._QUOTA_SPENT | wechat._SPENT_CODE
    assert by_end, "the rest are errors"
    assert all(end.startswith("an error") and not numbers & known for end, numbers in by_end.items())


def test_the_guide_names_the_domain_the_appid_and_the_subpackages() -> None:
    domain = re.search(r"apiBaseUrl: '([^']+)'", (PROGRAM / "app.ts").read_text("utf-8"))
    assert domain
    project = json.loads((PROGRAM / "project.config.json").read_text("utf-8"))
    program = json.loads((PROGRAM / "app.json").read_text("utf-8"))
    roots = [part["root"] for part in program["subPackages"]]
    for said in (domain[1], project["appid"], *roots):
        assert f"`{said}`" in GUIDE, said


def test_the_maps_key_is_a_setting_that_the_map_reads() -> None:
    assert "`mapSubkey`" in GUIDE
    assert "mapSubkey: ''," in (PROGRAM / "app.ts").read_text("utf-8"), "as shipped there is none"
    page = PROGRAM / "pages" / "entities" / "map"
    assert 'subkey="{{subkey}}"' in (page / "index.wxml").read_text("utf-8")
    assert "subkey: handover().mapSubkey" in (page / "index.ts").read_text("utf-8")


def test_the_guide_says_which_wechat_is_the_oldest() -> None:
    (oldest,) = re.findall(r"基础库最低版本设置: (\d+)\.(\d+)\.(\d+)", GUIDE)
    # whose privacy questions app.json turns on
    assert tuple(map(int, oldest)) >= (2, 32, 3)


def test_the_pages_have_the_products_version() -> None:
    product = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"VERSION = '{product}'" in (PROGRAM / "version.ts").read_text("utf-8")
