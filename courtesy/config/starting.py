"""Makes an installation ready: folders, key, database, edition in force, sample shop and the first sign-in.

Every step looks first and does nothing when its work is done, so starting twice is starting once.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from courtesy.commerce import generating, shop
from courtesy.commerce.models import Customer, Product
from courtesy.config import samples
from courtesy.config.environment import ROOT
from courtesy.config.trouble import Trouble
from courtesy.foundation.search import index
from courtesy.knowledge import finding
from courtesy.pack import editions
from courtesy.pack.mistakes import PackError
from courtesy.pack.reading import SHIPPED
from courtesy.representative import learning
from courtesy.representative.situation import product_choices
from courtesy.workforce.colleagues import add_colleague
from courtesy.workforce.models import Colleague
from courtesy.workforce.teams import sync_teams

_STARTING = 0x636F7572  # names our advisory lock among those of other programs on the same PostgreSQL server
SAMPLE_PACK = ROOT / "packs" / "tarnfell"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FirstSignIn:
    """Shown once; only a hash of the password is kept."""

    email: str
    password: str


def make_folders(folder: Path) -> None:
    """The data folder, open to its owner only; raises Trouble when it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_uid == os.getuid():
            folder.chmod(0o700)
        for name in ("documents", "editions", "outbox", "logs", "static"):
            (folder / name).mkdir(exist_ok=True, mode=0o700)
        probe = folder / f".write-test.{os.getpid()}"  # others may start in this folder at the same moment
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        raise Trouble(
            f"the data folder {folder} cannot be written ({error.strerror}). "
            "Give this user write access and free space there, or name another folder with COURTESY_DATA."
        ) from error


def make_key(folder: Path) -> None:
    """The signing key, made once; two processes that start together agree on one."""
    path = folder / "secret.key"
    if os.environ.get("COURTESY_SECRET_KEY") or os.environ.get("COURTESY_SECRET_KEY_FILE"):
        return
    if not path.exists():
        written = folder / f"secret.key.{os.getpid()}"
        with open(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(written, path)
        except FileExistsError:
            pass
        finally:
            written.unlink()
    settings.SECRET_KEY = path.read_text(encoding="ascii").strip()


def make_database(tell: Tell) -> None:
    """Bring the tables to this version."""
    try:
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
        with connection.cursor() as cursor:  # a database that was made without migrations has no word index yet
            index.make_shelves(connection.vendor, cursor.execute)
    except DatabaseError as error:
        raise Trouble(f"the database cannot be used: {error}. See COURTESY_DATABASE_URL.") from error
    tell("database ready")


def require_database() -> None:
    """For commands that only read: raises Trouble when there is nothing to read yet."""
    try:
        made = "foundation_job" in connection.introspection.table_names()
    except DatabaseError as error:
        if connection.vendor == "postgresql":
            raise Trouble(f"the database cannot be used: {error}. See COURTESY_DATABASE_URL.") from error
        made = False  # SQLite: there is not even a folder for it
    if not made:
        raise Trouble("there is no database yet. 'courtesy serve' makes it at its first start.")


def put_pack_in_force(at: datetime, tell: Tell) -> None:
    """Publish the pack at first start; later changes of its pages take force by 'courtesy pack publish'."""
    if not settings.COURTESY_PACK.is_dir():
        raise Trouble(f"there is no pack in {settings.COURTESY_PACK}. See COURTESY_PACK, or 'courtesy pack new'.")
    editions.configure(settings.COURTESY_PACK, settings.COURTESY_DATA)
    try:
        if not editions.editions():
            editions.publish(settings.COURTESY_PACK, settings.COURTESY_DATA, at)
            tell(f"pack published: {settings.COURTESY_PACK.name}")
        editions.in_force()
    except PackError as error:
        raise Trouble(f"the pack cannot be put in force. 'courtesy pack check' says why: {error}") from error
    sync_teams(editions.in_force().company.teams)
    tell("learning the company's words …")
    learning.model_of(editions.in_force())
    finding.make_ready(editions.in_force())


def load_sample_shop(at: datetime, tell: Tell) -> None:
    """Only for the sample companies, and only into an empty shop."""
    pack = settings.COURTESY_PACK.resolve()
    if pack.parent != SHIPPED.resolve() or Product.objects.exists() or Customer.objects.exists():
        return
    if samples.there_are(editions.in_force()):
        tell("loading the sample records …")
        samples.load(editions.in_force(), at)
    elif pack == SAMPLE_PACK:
        tell("loading the sample shop …")
        generating.load_sample(at)


def make_first_sign_in() -> FirstSignIn | None:
    """A manager with a random password, when nobody can sign in yet."""
    if Colleague.objects.exists():
        return None
    host = editions.in_force().company.mail_address.rpartition("@")[2] or "example.com"
    colleague, password = add_colleague(f"manager@{host}", "First manager", grade=Colleague.Grade.MANAGER)
    return FirstSignIn(colleague.email, password)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of processes that start together on PostgreSQL, the first makes everything and the others wait for it.

    On SQLite there is one process for each data folder (``serving.only_one``). The lock goes with the connection.
    """
    if connection.vendor != "postgresql":
        yield
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_STARTING])
    except DatabaseError as error:
        raise Trouble(f"the database cannot be used: {error}. See COURTESY_DATABASE_URL.") from error
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_STARTING])


def prepare(at: datetime, tell: Tell = lambda _: None) -> FirstSignIn | None:
    """All of the above, in order."""
    os.umask(0o077)
    make_folders(settings.COURTESY_DATA)
    make_key(settings.COURTESY_DATA)
    with one_at_a_time():
        make_database(tell)
        put_pack_in_force(at, tell)
        load_sample_shop(at, tell)
        product_choices(shop.current())  # what the first customer would wait for
        return make_first_sign_in()
