"""A Dovecot of the tests' own, on a free port, with one user and nothing but a temporary folder."""

from __future__ import annotations

import getpass
import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else "")
USER, PASSWORD = "service", "s3cret/word"
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
mail_location = maildir:{folder}/mail
first_valid_uid = 0
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
namespace inbox {{
  inbox = yes
}}
"""


@dataclass
class Mailbox:
    """The server and what tests do to it."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD.replace('/', '%2F')}@127.0.0.1:{self.port}/INBOX"

    def client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(USER, PASSWORD)
        return client

    def append(self, raw: bytes, *, seen: bool = False) -> None:
        client = self.client()
        client.append("INBOX", "\\Seen" if seen else "", "", raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        client.logout()

    def search(self, folder: str, criteria: str) -> int:
        client = self.client()
        client.select(folder, readonly=True)
        found = client.search(None, criteria)[1][0].split()
        client.logout()
        return len(found)

    def renumber(self) -> None:
        """Give the folder a new UIDVALIDITY, as a restored backup has."""
        for path in (self.folder / "mail").glob("dovecot*"):
            path.unlink()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving() -> Iterator[Mailbox]:
    """Start Dovecot; RuntimeError when it does not come up."""
    folder = Path(tempfile.mkdtemp(prefix="courtesy-imap-"))
    folder.chmod(0o755)
    port = free_port()
    root = os.getuid() == 0
    uid, gid = (65534, 65534) if root else (os.getuid(), os.getgid())
    me = getpass.getuser()
    for name in ("mail", "home", "run", "state"):
        (folder / name).mkdir()
        if root and name in {"mail", "home"}:
            os.chown(folder / name, uid, gid)
    configuration = folder / "dovecot.conf"
    configuration.write_text(
        _CONFIGURATION.format(
            folder=folder,
            port=port,
            password=PASSWORD,
            uid=uid,
            gid=gid,
            internal="dovecot" if root else me,
            login="dovenull" if root else me,
            group="dovecot" if root else me,
        )
    )
    server = subprocess.Popen([PROGRAM, "-F", "-c", str(configuration)], stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            try:
                imaplib.IMAP4("127.0.0.1", port).logout()
                break
            except OSError:
                if server.poll() is not None:
                    break
                time.sleep(0.1)
        else:
            server.terminate()
        if server.poll() is not None:
            log = folder / "log"
            said = log.read_text() if log.exists() else (server.stderr.read().decode() if server.stderr else "")
            raise RuntimeError(f"Dovecot did not start: {said[-500:]}")
        yield Mailbox(folder, port)
    finally:
        if server.poll() is None:
            server.terminate()
            server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
