"""How fast an import is: `python -m tests.bench.import_rate [ROWS] [ROUNDS]`.

A list of fictional people and companies in the official feed's JSON goes in first into an empty register, then again
unchanged, then as the court's full list, and at last as its full list with one row in a hundred changed; end to end:
the command's own function, from opening the file to the commit. At the end of each round, so that a busy machine slows
both, the same staged rows, written to a file beforehand, go by a bare COPY into a table without an index: the ceiling.
The ratios are those of the medians.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg

from backend.config import Settings
from backend.core.cluster import Cluster
from backend.core.db import Database
from backend.core.migrations import migrate
from backend.listings import queries
from backend.listings.importing import Options, Progress
from backend.listings.intake import Intake
from backend.listings.keys import Hasher, RowHasher
from backend.listings.mapping import load_mapping
from backend.listings.readers import open_rows
from backend.listings.service import import_file
from backend.listings.sniff import sniff
from tests.integration.listings.conftest import load_courts
from tests.integration.listings.lists import body, person
from tests.unit.listings.factories import fictional_uscc

_DUTY = (
    "被告于本判决生效之日起十日内支付货款人民币{:,}.00元及逾期利息（以{:,}.00元为基数，自2023年1月1日起按年利率3.85%计算"
    "至实际付清之日止）；案件受理费2,300元由被告负担。"
)


def records(number: int, *, changed: bool = False) -> Iterator[dict[str, Any]]:
    """Three people to one company, most companies at a point; one row in fifty has something withheld.

    In a changed list one row in a hundred says something new.
    """
    rng = random.Random(1)
    for place in range(number):
        amount = rng.randrange(1000, 1_000_000)
        duty = _DUTY.format(amount, amount) + ("电话13000000000" if place % 50 == 0 else "")
        lon, lat = f"{110 + 2 * rng.random():.6f}", f"{30 + rng.random():.6f}"
        if changed and place % 100 == 0:
            duty += "另负担保全费"
        changes: dict[str, Any] = {"caseCode": f"（2099）示0101执{place}号", "duty": duty}
        if place % 4:
            surname, given = rng.choice("赵钱孙李周吴郑王"), chr(0x4E00 + rng.randrange(5000))
            changes |= {
                "iname": f"{surname}{given}",
                "cardNum": f"999999{rng.randrange(1950, 2000)}****{place % 10_000:04d}",
            }
            yield person(**changes)
        else:
            changes |= {
                "iname": f"甲区虚构云岭{place}商贸有限公司",
                "registered_address": f"虚构大街{place}号",
                "registered_lon": lon,
                "registered_lat": lat,
            }
            changes["cardNum"] = fictional_uscc("91", f"MA{place:07d}")
            yield body(1, **changes)


def write_list(path: Path, number: int, *, changed: bool = False) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for place, record in enumerate(records(number, changed=changed)):
            file.write((",\n" if place else "") + json.dumps(record, ensure_ascii=False))
        file.write("]")


def time_import(database: Database, settings: Settings, path: Path, court: str | None = None) -> float:
    """Seconds from opening the file to the commit; prints those of each phase."""
    begun = [("open", time.perf_counter())]
    progress = Progress(phase=lambda name: begun.append((name, time.perf_counter())))
    summary = import_file(database, settings, path, Options(load_mapping(), full_list_of=court), progress)
    begun.append(("", time.perf_counter()))
    assert not summary.quarantined, summary.quarantined
    phases = [f"{name} {end - start:.1f}" for (name, start), (_, end) in pairwise(begun)]
    print(f"  new {summary.new:,}, changed {summary.changed:,}: {', '.join(phases)} s")
    return begun[-1][1] - begun[0][1]


def write_staged(database: Database, path: Path, target: Path) -> None:
    """The rows that an import of `path` stages, in COPY's own text form."""
    mapping = load_mapping()
    with database.transaction("operator") as connection:
        register = queries.read_register(connection, None)
        hashers = Hasher(bytes(32), "court"), RowHasher(bytes(32), "court", register)
        intake = Intake(register, *hashers, mapping, None)
        queries.create_staging(connection)
        with open_rows(sniff(path), mapping) as (_, rows):
            queries.stage(connection, intake.staged(rows))
        with target.open("wb") as file, connection.cursor().copy(_from_staged("TO STDOUT")) as copy:
            for block in copy:
                file.write(block)
        connection.rollback()


def time_copy(database: Database, staged: Path) -> float:
    with psycopg.connect(database.url) as connection, staged.open("rb") as file:
        queries._sql.create_staging(connection)
        connection.execute("CREATE TABLE public.bare (LIKE staged)")
        started = time.perf_counter()
        with connection.cursor().copy(_from_staged("FROM STDIN").replace("staged", "public.bare", 1)) as copy:
            while block := file.read(1 << 18):
                copy.write(block)
        seconds = time.perf_counter() - started
        connection.rollback()
    return seconds


def _from_staged(direction: str) -> str:
    return queries.COPY_STAGED.replace("FROM STDIN", direction)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder) / "bench-cluster.json")
        try:
            url = cluster.start()
            migrate(url)
            load_courts(url)
            measure(Database(url), Path(folder), number, rounds)
        finally:
            cluster.remove()


def measure(database: Database, folder: Path, number: int, rounds: int) -> None:
    settings = Settings.from_environment({"VAR_DIR": str(folder)})
    path = folder / "list.json"
    write_list(path, number)
    staged = folder / "staged.copy"
    write_staged(database, path, staged)
    changed = folder / "changed.json"
    write_list(changed, number, changed=True)
    new, again, full, bare = [], [], [], []
    for _ in range(rounds):
        with psycopg.connect(database.url) as connection:
            connection.execute("TRUNCATE register.entity, register.listing, register.import_file CASCADE")
        new.append(time_import(database, settings, path))
        again.append(time_import(database, settings, path))
        time_import(
            database, settings, path, "示0101"
        )  # once as the court's full list, so that its rows are known as that
        full.append(time_import(database, settings, changed, "示0101"))
        bare.append(time_copy(database, staged))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    best, usual = min(new), statistics.median(new)
    print(f"{number:,} rows, {path.stat().st_size / 1e6:.0f} MB of JSON, {rounds} rounds")
    print(f"new rows:       {number / usual:>10,.0f} rows/s (median), {number / best:,.0f} (best), {usual:.1f} s")
    print(f"unchanged rows: {number / statistics.median(again):>10,.0f} rows/s")
    print(f"full list, 1 % changed: {number / statistics.median(full):,.0f} rows/s")
    print(f"bare COPY:      {number / statistics.median(bare):>10,.0f} rows/s of the same rows, no index, no rules")
    print(f"ratio:          {statistics.median(bare) / usual:>10.2f} of a bare COPY")
    print(f"full list, 1 % changed, takes {statistics.median(full) / statistics.median(bare):.1f} times a bare COPY")
    print(f"peak memory of the importing process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
