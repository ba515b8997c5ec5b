"""WeChat's own tools, as `make check` runs them, refuse what they are for."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from backend.config import ROOT

# By the way in which a program is broken, what the tool that must find it says.
FINDS = {
    "WXML that is not closed": "index.wxml:1:14: expect end-tag `text`",
    "WXSS that is not closed": "wcsc refuses a WXSS file",
    "TypeScript that is not closed": "index.ts: Unexpected token",
    "a page that is not there": "could not find the corresponding file",
    "exact and rough position together": "'getFuzzyLocation' is is mutually exclusive with 'getLocation'",
    "a large main package": "limit 307200",
    "what only a browser needs": "not for the package: web/main.js",
    "cryptography for everybody": "only for a subpackage: seal/one.js",
    "a large picture": "IMAGE_AND_AUDIO_LIMIT",
}


def test_each_tool_refuses_the_program_that_is_broken_in_its_way(tmp_path: Path) -> None:
    answer = tmp_path / "answer.json"
    script = ROOT / "tests/miniprogram/broken.js"
    done = subprocess.run(["node", str(script), str(answer)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    reasons = json.loads(answer.read_text("utf-8"))
    assert reasons.pop("sound") == "", "the control: nothing is wrong with the program itself"
    assert {way: said for way, said in reasons.items() if FINDS[way] not in said} == {}
    assert reasons.keys() == FINDS.keys()
