"""nginx in front of the product: as the documents have it, and in two ways to do it wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.config import ROOT
from tests.bench.national.servers import running
from tests.ports import free_port

_NGINX = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log stderr error;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    proxy_cache_path {folder}/cache keys_zone=answers:5m use_temp_path=off;
    add_header X-Cache $upstream_cache_status always;
    server {{
        listen 127.0.0.1:{port};
        location = /ready {{ return 204; }}
        location /v1/ {{
            include {root}/docs/examples/nginx-cache.conf;
            proxy_pass {product}v1/;
        }}
        # Two ways to do it wrong, for comparison.
        location /stale/v1/ {{
            include {root}/docs/examples/nginx-cache.conf;
            proxy_cache_key $request_uri;
            proxy_cache_use_stale updating;
            proxy_cache_background_update on;
            proxy_pass {product}v1/;
        }}
        location /deaf/v1/ {{
            include {root}/docs/examples/nginx-cache.conf;
            proxy_cache_key $request_uri;
            proxy_ignore_headers Cache-Control;
            proxy_cache_valid 200 10m;
            proxy_pass {product}v1/;
        }}
    }}
}}
"""


@contextmanager
def nginx_before(product: str) -> Iterator[str]:
    """Outside the clone, which nginx's own user may be unable to enter when root starts it."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="removal-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        configuration = folder / "nginx.conf"
        configuration.write_text(_NGINX.format(folder=name, port=port, product=product, root=ROOT), "utf-8")
        command = ["/usr/sbin/nginx", "-p", name, "-c", str(configuration), "-e", "stderr"]
        with running(command, {}, f"http://127.0.0.1:{port}/", "ready", folder / "log"):
            yield f"http://127.0.0.1:{port}"
