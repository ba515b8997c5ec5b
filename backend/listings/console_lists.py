"""A court's lists at the console: upload, look at the check, send for approval, follow, take back."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import redirect, request, url_for
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from backend.core import approvals
from backend.core.access import allow, court_transaction
from backend.core.audit import Record, append
from backend.core.desk import DeskBlueprint, read_form, refusal_page, render, t
from backend.core.errors import Conflict, Invalid, NotFound, OperatorError
from backend.core.http import database, settings
from backend.core.officers import WORKING, Signatures
from backend.core.sessions import current_session
from backend.listings import console_words as words
from backend.listings import desk_queries, list_checks, list_desk_queries, lists, lists_applying, lists_taking_back
from backend.listings.console_asking_lists import ask_for_list, ask_for_undo
from backend.listings.domain.refusal import Refusal
from backend.listings.domain.rejection import Reason
from backend.listings.list_checks import Upload
from backend.listings.schemas import CauseForm, CountForm, ReasonForm

lists_desk = DeskBlueprint("lists_desk", __name__, "/court/lists")
# Why somebody leaves whom a new list lacks; what needs two officers, or says nothing, is no cause here.
NOT_STATED = frozenset({"early_deletion", "stated", "not_in_list"})
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@lists_desk.before_app_request
def allow_large_lists() -> None:
    """Before the guard reads the form: the one address that takes more than a form's bytes."""
    if request.endpoint == "lists_desk.upload":
        request.max_content_length = settings().desk.list_max_bytes


@lists_desk.errorhandler(RequestEntityTooLarge)
def refuse_large(_: RequestEntityTooLarge) -> Response:
    zh, en = Refusal.TOO_LARGE.said(megabytes=settings().desk.list_max_bytes >> 20)
    error = lists.NotAList(en, zh=zh)
    return refusal_page(413, error, {})


@lists_desk.get("/")
@allow(*WORKING)
def show_lists() -> Response:
    """Lists that were uploaded, the latest first, and the form for another."""
    with court_transaction() as connection:
        table = list_desk_queries.table_of_lists()
        if request.args.get("csv") == "1":
            return table.csv(connection, "lists")
        return render("lists/lists.html", page=table.fetch(connection), most=settings().desk.list_max_bytes >> 20)


@lists_desk.post("/")
@allow("clerk")
def upload() -> Response:
    """Begin to check a file, which is held in memory and kept nowhere; the page of its list follows the check.

    Raises:
        NotAList: it is no list by its first bytes; says why in one sentence.
        Overloaded: others are being checked.
    """
    sent = request.files.get("list")
    if sent is None or not sent.filename:
        zh, en = Refusal.NO_FILE.said()
        raise lists.NotAList(en, zh=zh)
    key = secrets.token_bytes(SecretBox.KEY_SIZE)
    given = Upload(sent.filename, sent.read(), request.form.get("whole") == "1", key)
    session = current_session()
    begun = list_checks.begin(database(), settings(), given, session.officer, session.court_code)
    address = url_for("lists_desk.show", identifier=begun)
    response = redirect(address, 303)
    # Rows as the court sent them hold ID numbers: only this browser can open what is kept of them.
    response.set_cookie(
        _cookie(begun), base64.urlsafe_b64encode(key).decode(), secure=True, httponly=True, samesite="Strict",
        path=address,
    )  # fmt: skip
    return response


def _cookie(identifier: UUID) -> str:
    return f"list_{identifier.hex}"


@lists_desk.get("/<uuid:identifier>")
@allow(*WORKING)
def show(identifier: UUID) -> Response:
    """The check: one sentence, numbers, and whom the list would add, change and take off; later, how far it is."""
    with court_transaction() as connection:
        found = list_desk_queries.find_list(connection, identifier)
        if found["state"] in ("checking", "refused"):
            return render("lists/checking.html", list=found, words=words)
        table = list_desk_queries.table_of_changes(identifier, request.args.get("action", ""))
        if request.args.get("csv") == "1":
            if not current_session().is_fresh:
                return redirect(url_for("sign_in.prove", next=request.full_path), 303)
            return table.csv(connection, "list")
        causes = [one for one in desk_queries.list_causes(connection, "delete") if one["code"] not in NOT_STATED]
        return render(
            "lists/list.html", list=found, page=table.fetch(connection), causes=causes,
            may_undo=lists.statements.may_undo(connection, list=identifier, hours=settings().desk.list_undo_hours),
            stated=lists.statements.count_stated(connection, list=identifier),
            waiting=desk_queries.list_waiting_of(connection, identifier), hours=settings().desk.list_undo_hours,
            can_open=_cookie(identifier) in request.cookies, words=words,
            reasons={reason.name.lower(): t(reason.zh, reason.en) for reason in Reason},
        )  # fmt: skip


@lists_desk.get("/<uuid:identifier>/quarantine.xlsx")
@allow("clerk")
def show_quarantine(identifier: UUID) -> Response:
    """The rows that could not be taken, to be mended and sent again."""
    with court_transaction() as connection:
        found = lists.statements.find_quarantine(connection, list=identifier)
    if found is None:
        raise NotFound
    try:
        key = base64.urlsafe_b64decode(request.cookies.get(_cookie(identifier), ""))
        workbook = SecretBox(key).decrypt(found["quarantine"])
    except (CryptoError, ValueError):
        raise Conflict(
            "Only the browser that uploaded the list can open its quarantine; upload the file again."
        ) from None
    headers = {"Content-Disposition": 'attachment; filename="quarantine.xlsx"'}
    return Response(workbook, mimetype=XLSX, headers=headers)


@lists_desk.post("/<uuid:identifier>/causes")
@allow("clerk")
def state_causes(identifier: UUID) -> Response:
    """Say why those leave whom a whole list lacks: the chosen ones, or all that have no cause yet."""
    form = read_form(CauseForm())
    try:
        chosen = [UUID(one) for one in request.form.getlist("change")]
    except ValueError:
        raise Invalid("That is no change of this list.") from None
    if bool(chosen) == form["all"]:
        raise Invalid("Choose some of them, or all that have no cause yet.")
    with court_transaction() as connection:
        _ready(list_desk_queries.find_list(connection, identifier))
        known = {one["code"] for one in desk_queries.list_causes(connection, "delete")} - NOT_STATED
        if form["cause"] not in known:
            raise Invalid("The law knows no such cause.")
        lists.statements.state_cause(connection, list=identifier, changes=chosen, cause=form["cause"])
    return _back(identifier)


@lists_desk.post("/<uuid:identifier>/removals")
@allow("clerk", fresh=True)
def remove_stated(identifier: UUID) -> Response:
    """Have the worker take off whoever leaves for a stated cause: that never waits for a second signature."""
    form = read_form(CountForm())
    with court_transaction() as connection:
        _ready(list_desk_queries.find_list(connection, identifier))
        if form["count"] != lists.statements.count_stated(connection, list=identifier) or form["count"] < 1:
            raise approvals.CountNotTyped
        lists_applying.begin_removal(connection, identifier, current_session().officer, form["count"])
    return _back(identifier)


@lists_desk.post("/<uuid:identifier>/ask")
@allow("clerk")
def ask(identifier: UUID) -> Response:
    """Send the list to the approvers."""
    form = read_form(ReasonForm())
    with court_transaction() as connection:
        found = list_desk_queries.find_list(connection, identifier)
        _ready(found)
        asked = ask_for_list(connection, current_session().officer, found, form["reason"])
    return redirect(url_for("console.show_approval", identifier=asked), 303)


@lists_desk.post("/<uuid:identifier>/check")
@allow("clerk")
def check_again(identifier: UUID) -> Response:
    """Have the worker look again at what the list would do, as the register is now."""
    with court_transaction() as connection:
        list_desk_queries.find_list(connection, identifier)
        lists_applying.begin_check(connection, identifier)
    return _back(identifier)


@lists_desk.post("/<uuid:identifier>/discard")
@allow("clerk")
def discard(identifier: UUID) -> Response:
    """Forget a list that takes no effect."""
    with court_transaction() as connection:
        _ready(list_desk_queries.find_list(connection, identifier))
        if desk_queries.list_waiting_of(connection, identifier):
            raise Conflict("It waits for a second signature: take that back first.")
        list_desk_queries.discard(connection, identifier)
        officer = current_session().officer
        append(connection, [Record("list.discard", {"list": identifier, "officer": officer.id}, officer.court_id)])
    return redirect(url_for("lists_desk.show_lists"), 303)


@lists_desk.post("/<uuid:identifier>/undo")
@allow("clerk", fresh=True)
def undo(identifier: UUID) -> Response:
    """Have the worker take an applied list back; where somebody would be shown again, another officer signs first."""
    form = read_form(ReasonForm())
    officer = current_session().officer
    with court_transaction() as connection:
        found = list_desk_queries.find_list(connection, identifier)
        lists_taking_back.refuse_late(connection, identifier, settings().desk.list_undo_hours)
    with _told(), database().transaction("operator") as connection:
        again = lists_taking_back.shows_again(connection, identifier)
    with court_transaction() as connection:
        if again:
            asked = ask_for_undo(connection, officer, found, (again, form["reason"]))
            return redirect(url_for("console.show_approval", identifier=asked), 303)
        lists_taking_back.begin_undo(connection, identifier, Signatures(officer))
    return _back(identifier)


def _ready(found: list_desk_queries.Found) -> None:
    """Raises NotReady for a list that takes effect already, or took it."""
    if found["state"] not in ("checked", "failed"):
        raise lists.NotReady


@contextmanager
def _told() -> Iterator[None]:
    """What an operator would read is told on the page."""
    try:
        yield
    except OperatorError as error:
        raise Conflict(str(error)) from None


def _back(identifier: UUID) -> Response:
    return redirect(url_for("lists_desk.show", identifier=identifier), 303)
