"""`/v1/docs`: the OpenAPI text as a page to read, without scripts and without another host."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

docs = Blueprint("docs", __name__, url_prefix="/v1")


@docs.get("/docs")
def show_docs() -> str:
    """Every route with its parameters and answers, rendered from the same document as `/v1/openapi.json`."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    return render_template("api.html", spec=api.spec.to_dict())
