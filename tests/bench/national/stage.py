"""Everything that runs during a bench: the servers, and each kind of request with its ceilings' answers in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
from flask.testing import FlaskClient

from tests.bench.national import samples
from tests.bench.national.contest import Contender
from tests.bench.national.load import Measured, run_pgbench, run_wrk
from tests.bench.national.nginx import Nginx
from tests.bench.national.options import Options
from tests.bench.national.peers import path_for
from tests.bench.national.samples import Sample
from tests.bench.national.servers import Server
from tests.bench.national.statements import Scripts, capture

# The server's own connections run under these (backend/core/db.py).
_SESSION = {"role": "public_reader", "jit": "off", "max_parallel_workers_per_gather": "0"}


class Unmeasurable(Exception):
    """Why a row has no figure."""


@dataclass
class Stage:
    """The running servers of one run; `folder` holds what is written for wrk and pgbench."""

    options: Options
    url: str
    product: Server
    small: Server
    small_url: str
    ceilings: Server
    nginx: Nginx
    peers: Mapping[str, Server]
    client: FlaskClient
    folder: Path
    _samples: dict[str, Sample] = field(default_factory=dict)

    def sample(self, kind: str) -> Sample:
        """The requests of a kind, with the product's answers laid out for the look-up route and for nginx.

        Raises:
            Unmeasurable: there are none in this data, or one of them failed.
        """
        if kind not in self._samples:
            self._samples[kind] = self._prepare(kind)
        sample = self._samples[kind]
        if not sample.paths or sample.failed:
            raise Unmeasurable(sample.failed or "no such requests in data of this size")
        return sample

    def _prepare(self, kind: str) -> Sample:
        with psycopg.connect(self.url) as connection:
            sample = samples.fetch(self.product, samples.draw(connection, kind, self.options.paths))
            first = self._first_answer(connection)
            with connection.cursor().copy("COPY bench.answer (place, body) FROM STDIN (FORMAT binary)") as copy:
                copy.set_types(["int4", "bytea"])
                for place, body in enumerate(sample.bodies, start=first):
                    copy.write_row((place, body))
        files = self.nginx.folder / "files" / kind
        files.mkdir()
        for place, body in enumerate(sample.bodies):
            (files / str(place)).write_bytes(body)
        number = len(sample.bodies)
        self._write(kind, sample.paths)
        self._write(f"{kind}_look_up", [f"/look-up/{first + place}" for place in range(number)])
        self._write(f"{kind}_file", [f"/files/{kind}/{place}" for place in range(number)])
        for peer in self.peers:
            asked = [path_for(peer, path) for path in sample.paths]
            self._write(f"{kind}_{peer}", [path for path in asked if path])
        return sample

    def _first_answer(self, connection: psycopg.Connection[tuple[int]]) -> int:
        row = connection.execute("SELECT coalesce(max(place), 0) + 1 FROM bench.answer").fetchone()
        return row[0] if row else 1

    def asked_of_product(self, kind: str) -> Contender:
        return self._wrk(self.product, kind)

    def asked_of_small(self, kind: str) -> Contender:
        """The same kind of request of the small data's server.

        Raises:
            Unmeasurable: as for `sample`.
        """
        with psycopg.connect(self.small_url) as connection:
            sample = samples.fetch(self.small, samples.draw(connection, kind, self.options.paths))
        if not sample.paths or sample.failed:
            raise Unmeasurable(sample.failed or "no such requests in the small data")
        self._write(f"{kind}_small", sample.paths)
        return self._wrk(self.small, f"{kind}_small")

    def look_up(self, kind: str) -> Contender:
        return self._wrk(self.ceilings, f"{kind}_look_up")

    def empty(self) -> Contender:
        self._write("empty", ["/empty"])
        return self._wrk(self.ceilings, "empty")

    def file(self, kind: str) -> Contender:
        return self._wrk(self.nginx.server, f"{kind}_file")

    def cached(self, kind: str, number: int) -> dict[str, Contender]:
        """The first answers of a kind from nginx's cache, which holds them from now on, and the same as files."""
        samples.fetch(self.nginx.server, self.sample(kind).paths[:number])
        for name in (kind, f"{kind}_file"):
            few = self.path_file(name).read_text("utf-8").splitlines()[:number]
            self._write(f"{name}_cached", few)
        return {
            "cached": self._wrk(self.nginx.server, f"{kind}_cached"),
            "file": self._wrk(self.nginx.server, f"{kind}_file_cached"),
        }

    def peer(self, peer: str, kind: str) -> Contender:
        return self._wrk(self.peers[peer], f"{kind}_{peer}")

    def pgbench(self, kind: str) -> dict[str, Contender]:
        """The kind's own SQL, and the fetch of its values alone."""
        scripts = capture(self.url, self.client, self.sample(kind).paths[:300], self.folder, kind)
        mode = self._faster_planning(scripts)
        return {
            "pgbench": partial(self._pgbench, scripts.whole, mode),
            "fetch": partial(self._pgbench, scripts.fetch, mode),
        }

    def _faster_planning(self, scripts: Scripts) -> str:
        """Plans for each value, or kept ones: the stricter ceiling of the two."""
        modes = ("auto", "force_custom_plan")
        return max(
            modes, key=lambda mode: self._pgbench(scripts.whole, mode, seconds=min(2, self.options.seconds)).per_second
        )

    def _pgbench(
        self, scripts: Sequence[tuple[Path, int]], plan_cache_mode: str, seconds: float | None = None
    ) -> Measured:
        return run_pgbench(
            self.url, scripts, connections=self.options.connections, seconds=seconds or self.options.seconds,
            settings={**_SESSION, "plan_cache_mode": plan_cache_mode},
        )  # fmt: skip

    def _wrk(self, server: Server, name: str) -> Contender:
        return partial(
            run_wrk, server.address, self.path_file(name),
            connections=self.options.connections, seconds=self.options.seconds,
        )  # fmt: skip

    def path_file(self, name: str) -> Path:
        return self.folder / f"{name}.paths"

    def _write(self, name: str, paths: Sequence[str]) -> None:
        self.path_file(name).write_text("".join(f"{path}\n" for path in paths), "utf-8")


def prepare_answers(url: str) -> None:
    """An empty table for the look-up route; its answers are kept uncompressed, which is read fastest."""
    with psycopg.connect(url) as connection:
        connection.execute("DROP TABLE IF EXISTS bench.answer, bench.parameter")
        connection.execute("CREATE TABLE bench.answer (place integer PRIMARY KEY, body bytea NOT NULL)")
        connection.execute("ALTER TABLE bench.answer ALTER COLUMN body SET STORAGE EXTERNAL")
        connection.execute("GRANT SELECT ON bench.answer TO public_reader")
