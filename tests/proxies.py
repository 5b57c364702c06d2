"""Run nginx and Caddy with the files in contrib/, in front of a server."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.ports import Port, hold_port
from tests.server import ROOT, Server

HOST = "hearth.example.org"
CONTRIB = ROOT / "contrib"
TYPES = "text/plain text/css application/json text/javascript application/manifest+json"
# What Debian's nginx.conf has around a site.
NGINX = """
{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/proxy.log;
events {{ worker_connections 256; }}
http {{
  include /etc/nginx/mime.types; sendfile on; tcp_nopush on; gzip {gzip};
  gzip_types {types}; gzip_proxied any; access_log {folder}/access.log;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  include {folder}/site.conf;
}}
"""

# HTTP/3 would take the UDP port that reserves the port for the proxy.
WITHOUT_UDP = "servers {\nprotocols h1 h2\n}\n"


@dataclass(frozen=True)
class Proxy:
    """A proxy that runs. `folder` holds its logs."""

    port: int
    folder: Path

    @property
    def logs(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.log"))

    def ask(self, path: str, *options: str) -> Response:
        """Send a request over HTTP/2, as curl's options say. Return the last response.

        The server must read a body to its end. Otherwise Caddy resets the stream afterwards,
        as RFC 9113, section 8.1, allows, and the curl of Debian 12 calls that an error.
        """
        body = self.folder / "body"
        body.unlink(missing_ok=True)
        output = self._curl("--dump-header", "-", "--output", str(body), *options, self._at(path))
        first, *lines = output.replace("\r", "").strip().split("\n\n")[-1].splitlines()
        version, status = first.split()[:2]
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        content = body.read_bytes() if body.exists() else b""
        return Response(version, int(status), headers, content)

    def ask_all(self, paths: Iterable[str], *options: str) -> dict[str, bytes]:
        """Return the bodies of these paths, fetched over one connection."""
        files = {path: self.folder / f"body-{number}" for number, path in enumerate(paths)}
        pairs = (f'url = "{self._at(path)}"\noutput = "{file}"' for path, file in files.items())
        config = self.folder / "curl"
        config.write_text("\n".join(pairs))
        self._curl("--fail", "--config", str(config), *options)
        return {path: file.read_bytes() for path, file in files.items()}

    def _at(self, path: str) -> str:
        return f"https://{HOST}:{self.port}{path}"

    def _curl(self, *options: str) -> str:
        common = ("--silent", "--show-error", "--insecure", "--http2", "--noproxy", "*")
        resolve = ("--resolve", f"{HOST}:{self.port}:127.0.0.1")
        return subprocess.run(
            [program("curl", "curl"), *common, *resolve, *options],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout


@dataclass(frozen=True)
class Response:
    version: str
    status: int
    headers: dict[str, str]
    body: bytes


@contextlib.contextmanager
def proxy_of(name: str, folder: Path, server: Server, *, compresses: bool) -> Iterator[Proxy]:
    """Run a proxy, "nginx" or "caddy", in front of the server. It may compress responses itself."""
    held = hold_port()
    make_certificate(folder)
    prepare = {"nginx": nginx, "caddy": caddy}[name]
    command = prepare(folder, server.port, held.number, compresses=compresses)
    with _running(name, command, folder, held) as proxy:
        yield proxy


@contextlib.contextmanager
def guarded(folder: Path, server: Server, lines: str, api_lines: str = "") -> Iterator[Proxy]:
    """Run nginx with a sign-in in front of the server.

    `lines` are its directives for all addresses, `api_lines` those for /api/.
    """
    held = hold_port()
    make_certificate(folder)
    command = nginx(folder, server.port, held.number, compresses=False)
    site = folder / "site.conf"
    added = {"ssl_protocols TLSv1.2 TLSv1.3;": lines, "location /api/ {": api_lines}
    places = {place: f"{place}\n{more}" for place, more in added.items()}
    site.write_text(replaced(site.read_text(), places))
    with _running("nginx", command, folder, held) as proxy:
        yield proxy


@contextlib.contextmanager
def _running(name: str, command: list[str], folder: Path, held: Port) -> Iterator[Proxy]:
    """Run the command of a proxy until it answers, and until the end. Then release its port."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "proxy.log").open("ab") as log:
        process = subprocess.Popen(command, env=environ, cwd=folder, stdout=log, stderr=log)
    proxy = Proxy(held.number, folder)
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(subprocess.CalledProcessError):
                proxy.ask("/healthz")
                break
            time.sleep(0.02)
        else:
            raise AssertionError(f"{name} did not start:\n{proxy.logs}")
        yield proxy
    finally:
        process.terminate()
        process.wait(30)
        held.release()


def nginx(folder: Path, to: int, port: int, *, compresses: bool) -> list[str]:
    """Write the files for nginx. Return the command that runs it."""
    plain = hold_port()  # nginx takes it a moment later; other tests leave it alone until then
    site = replaced(
        (CONTRIB / "nginx.conf").read_text(),
        {
            "127.0.0.1:8000": f"127.0.0.1:{to}",
            "listen 80;": f"listen 127.0.0.1:{plain.number};",
            "listen [::]:80;": "",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
            "listen [::]:443 ssl http2;": "",
            f"/etc/letsencrypt/live/{HOST}/fullchain.pem": str(folder / "certificate.pem"),
            f"/etc/letsencrypt/live/{HOST}/privkey.pem": str(folder / "key.pem"),
        },
    )
    (folder / "site.conf").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""
    gzip = "on" if compresses else "off"
    main = NGINX.format(user=user, folder=folder, gzip=gzip, types=TYPES)
    (folder / "nginx.conf").write_text(main)
    plain.release()
    return [program("nginx", "nginx-light"), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, to: int, port: int, *, compresses: bool) -> list[str]:
    """Write the files for Caddy. Return the command that runs it."""
    encode = "encode zstd gzip" if compresses else ""
    file = replaced(
        (CONTRIB / "Caddyfile").read_text(),
        {
            "\n{\n": "\n{\nadmin off\nauto_https disable_redirects\n" + WITHOUT_UDP,
            f"\n{HOST} {{": f"\nhttps://{HOST}:{port} {{\ntls certificate.pem key.pem\n{encode}",
            "127.0.0.1:8000": f"127.0.0.1:{to}",
        },
    )
    (folder / "Caddyfile").write_text(file)
    return [program("caddy", "caddy"), "run", "--config", "Caddyfile", "--adapter", "caddyfile"]


def replaced(text: str, replacements: dict[str, str]) -> str:
    """Return the text with each of the replacements, which must be found once."""
    for old, new in replacements.items():
        assert text.count(old) == 1, f"'{old}' is in the file {text.count(old)} times"
        text = text.replace(old, new)
    return text


def make_certificate(folder: Path) -> None:
    subprocess.run(
        [
            *(program("openssl", "openssl"), "req", "-x509", "-newkey", "ec"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"),
            *("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"),
            *("-keyout", folder / "key.pem", "-out", folder / "certificate.pem"),
        ],
        capture_output=True,
        check=True,
    )


def program(name: str, package: str) -> str:
    """Return the path of a program. Raises AssertionError that names its Debian package."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/bin")
    assert found, f"{name} is not installed: sh tests/system.sh installs Debian's {package}"
    return found
