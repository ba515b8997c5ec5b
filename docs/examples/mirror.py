"""Keeps a copy of a court's list, and forgets whoever leaves it.

    python mirror.py COPY.sqlite https://court.example KEY

Run it every few seconds or minutes, also after your key has ended: who leaves is told to everybody. Needs Python's
standard library and PyNaCl; docs/consumer.md explains the feed.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nacl.signing import VerifyKey

PURPOSE = b"court listings changes\n"


class BeginAnew(Exception):
    """The feed no longer says what this copy has missed."""


class Mirror:
    """A copy in one SQLite file: who is listed, the place in the feed, and the key that signs it."""

    def __init__(self, path: Path, server: str, key: str) -> None:
        self._server, self._key = server.rstrip("/"), key
        self._store = sqlite3.connect(path)
        # The journal holds nothing once a change is committed.
        self._store.execute("PRAGMA journal_mode = TRUNCATE")
        self._store.execute("CREATE TABLE IF NOT EXISTS listed (id TEXT PRIMARY KEY, entity TEXT NOT NULL)")
        self._store.execute("CREATE TABLE IF NOT EXISTS place (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        self._store.commit()

    def follow(self) -> None:
        """Bring the copy to the present, or begin anew; once its key has ended, it still forgets."""
        try:
            self._catch_up()
        except BeginAnew:
            self._clear()
            self._catch_up()
        finally:
            self._sweep()

    def ids(self) -> set[str]:
        return {row[0] for row in self._store.execute("SELECT id FROM listed")}

    def close(self) -> None:
        self._store.close()

    def _catch_up(self) -> None:
        try:
            if self._place() is None or self._find("missed") is not None:
                self._begin()
            while self._page():
                pass
        except urllib.error.HTTPError as error:
            if error.code != 401 or self._place() is None:
                raise
            while self._removals():
                pass

    def _page(self) -> bool:
        """Take one page, whole or not at all; whether there is another."""
        since, page = self._next()
        with self._store:
            for expected, item in enumerate(page["items"], start=since + 1):
                if item["seq"] != expected:
                    raise SystemExit(f"Change {expected} is missing.")
                self._apply(item)
            self._set("place", str(page["items"][-1]["seq"] if page["items"] else since))
        return page["next"] is not None

    def _removals(self) -> bool:
        """The same of what everybody may read: who left. What came meanwhile is missed, so a later key begins anew."""
        _, page = self._next(key="")
        with self._store:
            self._set("missed", "yes")
            for item in page["items"]:
                self._apply(item)
            self._set("place", str(page["items"][-1]["seq"] if page["next"] else page["head"]))
        return page["next"] is not None

    def _next(self, key: str | None = None) -> tuple[int, Any]:
        since = self._place() or 0
        page = self._get(f"/v1/changes?since={since}&limit=100", key)
        if page["since"] != since:
            raise SystemExit("This answers another question.")
        if page["head"] < since:
            raise BeginAnew("the server was restored")
        return since, page

    def _sweep(self) -> None:
        """Write the file anew without whatever was deleted: SQLite leaves it between its pages' rows.

        `PRAGMA secure_delete` is not enough: rows that it moves from page to page stay where they were.
        """
        if self._find("unswept") is not None:
            self._store.execute("VACUUM")
            with self._store:
                self._store.execute("DELETE FROM place WHERE name = 'unswept'")

    def _apply(self, item: dict[str, Any]) -> None:
        self._set("unswept", "yes")
        if item["op"] == "remove":
            self._store.execute("DELETE FROM listed WHERE id = ?", (item["id"],))
        else:
            self._put([item])

    def _clear(self) -> None:
        """Forget everything; whoever left meanwhile is not told any more."""
        with self._store:
            self._store.execute("DELETE FROM listed")
            self._store.execute("DELETE FROM place WHERE name IN ('place', 'missed')")
            self._set("unswept", "yes")

    def _begin(self) -> None:
        """Take the whole list anew; what changes meanwhile follows from the first page's head on."""
        page = self._get("/v1/changes/listed?limit=100")
        head = page["head"]
        self._clear()
        with self._store:
            self._put(page["items"])
            while page["next"]:
                page = self._get(f"/v1/changes/listed?limit=100&cursor={page['next']}")
                self._put(page["items"])
            self._set("place", str(head))

    def _put(self, items: Iterable[dict[str, Any]]) -> None:
        self._store.executemany(
            "INSERT OR REPLACE INTO listed (id, entity) VALUES (?, ?)",
            [(item["id"], json.dumps(item["entity"], ensure_ascii=False)) for item in items],
        )

    def _get(self, path: str, key: str | None = None) -> Any:
        """An answer, once its signature holds for the very bytes received; `key` is "" for none, None for one's own."""
        shown = self._key if key is None else key
        request = urllib.request.Request(
            self._server + path, headers={"Authorization": f"Bearer {shown}"} if shown else {}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                body: bytes = answer.read()
                signature = bytes.fromhex(answer.headers["Signature-Ed25519"])
        except urllib.error.HTTPError as error:
            if error.code == 410:
                raise BeginAnew("the changes that this copy has missed are no longer kept") from error
            raise
        self._signer().verify(PURPOSE + body, signature)
        return json.loads(body)

    def _signer(self) -> VerifyKey:
        """The key of the first contact, kept from then on; better, ask the court for it and put it here."""
        known = self._find("public_key")
        if known is None:
            with urllib.request.urlopen(self._server + "/v1/changes/key", timeout=30) as answer:
                known = str(json.load(answer)["public_key"])
            with self._store:
                self._set("public_key", known)
        return VerifyKey(bytes.fromhex(known))

    def _place(self) -> int | None:
        known = self._find("place")
        return None if known is None else int(known)

    def _find(self, name: str) -> str | None:
        row = self._store.execute("SELECT value FROM place WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _set(self, name: str, value: str) -> None:
        self._store.execute("INSERT OR REPLACE INTO place (name, value) VALUES (?, ?)", (name, value))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    mirror = Mirror(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    mirror.follow()
    print(len(mirror.ids()), "listed")
