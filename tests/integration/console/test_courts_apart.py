"""Many transactions of many courts at once, each committed: none ever sees another court's row.

They run through the product's own pool, and through one that makes connections forget nothing. `COURT_TRANSACTIONS`
sets how many; the suite runs few, `make test-at-scale` 20,000.
"""

from __future__ import annotations

import os
import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from backend.core.access import act_for
from backend.core.audit import Record, append
from backend.core.db import Connection, Database
from tests.databases import database_of_its_own
from tests.integration.register import Register

TRANSACTIONS = int(os.environ.get("COURT_TRANSACTIONS", "600"))
THREADS, CONNECTIONS, COURTS, ROWS = 100, 16, 20, 3
Open = Callable[[], AbstractContextManager[Connection]]
Act = Callable[[Connection, uuid.UUID], None]
# What belongs to a court directly, and a listing's event, which belongs to it through its listing.
_SEEN = """
SELECT court_id FROM register.listing
UNION ALL SELECT court_id FROM register.officer
UNION ALL SELECT court_id FROM audit.entry
UNION ALL
SELECT owner.court_id
FROM register.listing_event
INNER JOIN register.listing AS owner ON owner.id = listing_event.listing_id
"""


@pytest.fixture(scope="module")
def apart(database_url: str) -> Iterator[tuple[str, list[uuid.UUID]]]:
    """A database with twenty courts' listings, officers and entries; its address and the courts."""
    with database_of_its_own(database_url, "courts_apart") as url:
        with psycopg.connect(url, row_factory=dict_row) as connection:
            register = Register(connection)
            courts = [register.court(f"虚构法院{n}", "130108", None) for n in range(COURTS)]
            for number, court in enumerate(courts):
                for row in range(ROWS):
                    register.listing(register.entity(f"甄虚构{number}{row}"), court_id=court)
                    register.officer(court, f"apart{number}.{row}", "clerk")
                    append(connection, [Record("test.noise", {}, court)])
        yield url, courts


def _run(opened: Open, courts: list[uuid.UUID], transactions: int, act: Act = act_for) -> Counter[str]:
    """What transactions saw: own rows, nothing where no court was set, or `leaked`."""
    dice = random.Random(20260301)
    plans = [dice.choice([*courts, None]) for _ in range(transactions)]
    with ThreadPoolExecutor(THREADS) as threads:
        return Counter(threads.map(lambda plan: _one(opened, plan, act), plans))


def _one(opened: Open, court: uuid.UUID | None, act: Act) -> str:
    with opened() as connection:
        if court:
            act(connection, court)
        found = {row["court_id"] for row in connection.execute(_SEEN)}
        total = connection.execute("SELECT count(*) AS n FROM register.listing").fetchone()
    assert total
    if court is None:
        return "nothing" if not found and total["n"] == 0 else "leaked"
    return "own" if found == {court} and total["n"] == ROWS else "leaked"


def _run_products(url: str, courts: list[uuid.UUID], transactions: int, act: Act = act_for) -> Counter[str]:
    """Through the product's own transactions and their pool."""
    database = Database(url, pool_size=CONNECTIONS)
    try:
        return _run(lambda: database.transaction("court"), courts, transactions, act)
    finally:
        database.close()


@contextmanager
def _reused(url: str) -> Iterator[Open]:
    """Transactions through a pool that makes connections forget nothing, as one outside might."""
    options = {"options": "-c role=court", "row_factory": dict_row}
    with ConnectionPool[Connection](
        url, kwargs=options, min_size=CONNECTIONS, max_size=CONNECTIONS, timeout=300
    ) as pool:
        yield pool.connection


def test_no_transaction_of_the_product_sees_another_courts_row(apart: tuple[str, list[uuid.UUID]]) -> None:
    url, courts = apart
    seen = _run_products(url, courts, TRANSACTIONS)
    assert seen["own"] + seen["nothing"] == TRANSACTIONS
    assert seen["nothing"] > 0


def test_a_connection_that_is_used_again_knows_no_former_court(apart: tuple[str, list[uuid.UUID]]) -> None:
    url, courts = apart
    with _reused(url) as opened:
        seen = _run(opened, courts, TRANSACTIONS)
    assert seen["own"] + seen["nothing"] == TRANSACTIONS
    assert seen["nothing"] > 0


def test_a_court_set_for_the_session_is_forgotten_by_the_products_pool(apart: tuple[str, list[uuid.UUID]]) -> None:
    url, courts = apart
    seen = _run_products(url, courts, 500, _act_on_and_on)
    assert seen["own"] + seen["nothing"] == 500


def _act_on_and_on(connection: Connection, court: uuid.UUID) -> None:
    connection.execute("SELECT set_config('app.court', %s, false)", (str(court),))


def test_a_court_set_for_the_session_leaks_into_the_next_transaction(apart: tuple[str, list[uuid.UUID]]) -> None:
    """The control: the same transactions, with a setting that outlives the one that made it."""
    url, courts = apart
    with _reused(url) as opened:
        seen = _run(opened, courts, 500, _act_on_and_on)
    assert seen["leaked"] > 0
    assert seen["nothing"] < seen["leaked"]


def test_no_row_is_written_for_another_court(apart: tuple[str, list[uuid.UUID]]) -> None:
    url, courts = apart
    insert = "INSERT INTO register.officer (court_id, login, name, roles) VALUES (%s, 'strange', 'x', '{clerk}')"
    with psycopg.connect(url, options="-c role=court", row_factory=dict_row) as connection:
        for acting in (courts[0], None):
            with connection.transaction(force_rollback=True):
                if acting:
                    act_for(connection, acting)
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(insert, (courts[1],))
        with connection.transaction(force_rollback=True):  # the control
            act_for(connection, courts[1])
            connection.execute(insert, (courts[1],))


@pytest.mark.parametrize("table", ["register.listing", "register.officer", "audit.entry"])
def test_without_its_policy_a_table_is_open_to_all_courts(apart: tuple[str, list[uuid.UUID]], table: str) -> None:
    """The control: what is measured above is the policy's work."""
    url, courts = apart
    with psycopg.connect(url, autocommit=True) as owner:
        definition = owner.execute(
            "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy"
            " WHERE polrelid = %s::regclass AND polname = 'own_court'",
            (table,),
        ).fetchone()
        assert definition
        owner.execute(f"DROP POLICY own_court ON {table}")  # type: ignore[arg-type,call-overload,unused-ignore]
        try:
            assert _run_products(url, courts, 60)["leaked"] == 60
        finally:
            owner.execute(f"CREATE POLICY own_court ON {table} AS RESTRICTIVE TO court USING ({definition[0]})")
    assert _run_products(url, courts, 60)["leaked"] == 0
