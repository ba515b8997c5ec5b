"""nginx as in production, in front of the product with a cache, and with the sampled answers as plain files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.national.servers import Server, running
from tests.ports import free_port

_CONFIGURATION = """\
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 1000000;
    open_file_cache max=100000 inactive=600s;
    default_type application/json;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    proxy_cache_path {folder}/cache levels=1:2 keys_zone=answers:20m max_size=1g inactive=600s use_temp_path=off;
    upstream product {{ server {product}; keepalive 16; }}
    server {{
        listen 127.0.0.1:{port};
        location /v1/ {{
            proxy_pass http://product;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_cache answers;
            proxy_cache_lock on;
            proxy_cache_use_stale updating;
            proxy_cache_background_update on;
        }}
        location /files/ {{ root {folder}; }}
        location = /ready {{ return 204; }}
    }}
}}
"""


@dataclass(frozen=True)
class Nginx:
    """A running nginx and the folder whose `files/` it serves."""

    server: Server
    folder: Path


@contextmanager
def serve_nginx(product: Server) -> Iterator[Nginx]:
    """Files lie outside the clone, which nginx's own user may be unable to enter when root starts it."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bench-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "files").mkdir()
        configuration = folder / "nginx.conf"
        upstream = product.address.removeprefix("http://").rstrip("/")
        configuration.write_text(_CONFIGURATION.format(folder=folder, port=port, product=upstream), "utf-8")
        command = ["/usr/sbin/nginx", "-p", name, "-c", str(configuration), "-e", "stderr"]
        with running(command, {}, f"http://127.0.0.1:{port}/", "ready", folder / "log") as server:
            yield Nginx(server, folder)
