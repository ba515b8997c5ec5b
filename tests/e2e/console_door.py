"""The console served to browsers, with a door by which officers come in without the pages of signing in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from flask import Flask, Response
from werkzeug.serving import make_server

from backend.core.sessions import set_cookie


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a server on this machine: the application, and beside it a door for officers.

    `/enter?TOKEN` gives the session's cookie: only a server can give a browser such a one.
    """

    def entrance(environ: Any, start_response: Any) -> Any:
        if environ["PATH_INFO"] != "/enter":
            return app(environ, start_response)
        response = Response()
        set_cookie(response, environ["QUERY_STRING"])
        return response(environ, start_response)

    server = make_server("127.0.0.1", 0, entrance, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
