"""A server of a measure's own: the sample company in a folder that is thrown away, on a free port, without mail."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from courtesy.config.measuring.machine import free_port
from courtesy.config.starting import SAMPLE_PACK
from courtesy.config.trouble import Trouble

READY_WITHIN = 120.0  # seconds; the first start learns the company's words and fills the shop
STOPS_WITHIN = 30.0
_GROW = "import django; django.setup(); from courtesy.config.measuring import growing; growing.grow({}, {})"
_OWN = {"COURTESY_HOST": "127.0.0.1", "COURTESY_LOG_LEVEL": "WARNING", "COURTESY_PACK": str(SAMPLE_PACK)}
_KEPT = ("COURTESY_WORKERS", "COURTESY_WEB_THREADS")  # what may make turns faster or slower is measured as it is set


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: where it listens, and the process it is."""

    port: int
    process: int

    def cpu_seconds(self) -> float | None:
        """Seconds of processor that it used up to now; None where this system does not tell."""
        try:
            after_name = Path(f"/proc/{self.process}/stat").read_text("ascii").rpartition(")")[2].split()
        except (OSError, UnicodeDecodeError):
            return None
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")  # proc(5): utime and stime


@contextmanager
def serving(folder: Path, *, grown: tuple[int, int] | None = None) -> Iterator[Served]:
    """Start the server and wait until it is fit for work. Its log is ``folder/serve.log``.

    ``grown``: so many orders, and so many lines in the journal, are there before."""
    port, log = free_port(), folder / "serve.log"
    settings = {name: value for name, value in os.environ.items() if not _ours(name)}
    settings |= _OWN | {"COURTESY_DATA": str(folder / "installation"), "COURTESY_PORT": str(port)}
    if grown is not None:
        settings["DJANGO_SETTINGS_MODULE"] = "courtesy.config.settings"
        filled = subprocess.run([sys.executable, "-c", _GROW.format(*grown)], env=settings, check=False)
        if filled.returncode:
            raise Trouble("the installation that is measured could not be filled")
    with log.open("wb") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "courtesy", "serve", "--no-mail"], env=settings, stdout=written, stderr=written
        )
        try:
            _wait_until_fit(server, port, log)
            yield Served(port, server.pid)
        finally:
            _stop(server)


def _ours(name: str) -> bool:
    return name.startswith("COURTESY_") and name not in _KEPT


def _wait_until_fit(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    ends = time.monotonic() + READY_WITHIN
    while time.monotonic() < ends:
        if server.poll() is not None:
            raise Trouble(f"the server that is measured did not start:\n{_last_words(log)}")
        if _is_fit(port):
            return
        time.sleep(0.1)
    raise Trouble(f"the server that is measured was not ready within {READY_WITHIN:.0f} seconds:\n{_last_words(log)}")


def _is_fit(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _last_words(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-10:])


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
