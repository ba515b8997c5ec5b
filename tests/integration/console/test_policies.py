"""A view under /court that declares no policy, or stands beside the guard, is not built."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask

import backend.app as app_module
from backend.config import Settings
from backend.core.access import CourtBlueprint, allow, refuse_undeclared
from backend.core.db import Database
from backend.core.desk import DeskBlueprint
from tests.integration.conftest import WITHOUT_LIMITS


def test_a_view_without_a_policy_or_beside_the_guard_is_not_built() -> None:
    def view() -> str:
        return "in"

    undeclared, unguarded = CourtBlueprint("a", __name__, "/court/a"), Blueprint("b", __name__, url_prefix="/court/b")
    undeclared.add_url_rule("/", view_func=view)
    unguarded.add_url_rule("/", view_func=allow()(lambda: "in"), endpoint="view")
    for blueprint in (undeclared, unguarded):
        app = Flask(__name__)
        app.register_blueprint(blueprint)
        with pytest.raises(RuntimeError, match="declares no policy"):
            refuse_undeclared(app)
    declared = CourtBlueprint("c", __name__, "/court/c")  # the control
    declared.add_url_rule("/", view_func=allow()(lambda: "in"), endpoint="view")
    app = Flask(__name__)
    app.register_blueprint(declared)
    refuse_undeclared(app)


@pytest.mark.parametrize("declared", [False, True])
def test_the_application_itself_is_not_built_with_a_view_that_declares_nothing(
    monkeypatch: pytest.MonkeyPatch, *, declared: bool
) -> None:
    """One more view on a blueprint of the product; with a policy, the control, the application is built."""
    more = DeskBlueprint("more_desk", __name__, "/court/more")
    more.add_url_rule("/", view_func=allow()(lambda: "in") if declared else lambda: "in", endpoint="view")
    mount = app_module._mount_desk

    def mount_more(app: Flask) -> None:
        mount(app)
        app.register_blueprint(more)

    monkeypatch.setattr(app_module, "_mount_desk", mount_more)
    settings, database = Settings.from_environment(WITHOUT_LIMITS), Database("postgresql://nowhere.invalid/x")
    if declared:
        app_module.create_app(settings, database)
        return
    with pytest.raises(RuntimeError, match=r"more_desk\.view declares no policy"):
        app_module.create_app(settings, database)
