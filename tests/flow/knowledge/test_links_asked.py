"""Links of articles: asked in time, never inside our own network; one that stays dead is shown with who keeps it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from courtesy.knowledge import asking_links, links
from courtesy.knowledge.asking_links import Answer, ask, is_public
from courtesy.knowledge.links import links_of, look
from courtesy.knowledge.models import LinkCheck
from courtesy.pack.model import Article, Pack, Place


class _Site(BaseHTTPRequestHandler):
    asked: list[str]

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path} {self.headers['Host']}")
        plan = {
            "/here": 200,
            "/gone": 404,
            "/broken": 500,
            "/members": 403,
            "/moved": 301,
            "/inside": 302,
            "/round": 302,
        }
        status = plan.get(self.path, 200)
        if self.path == "/head-unknown":
            status = 405 if self.command == "HEAD" else 200
        self.send_response(status)
        onward = {"/moved": "/here", "/inside": "http://169.254.169.254/latest/meta-data/", "/round": "/round"}
        if self.path in onward:
            self.send_header("Location", onward[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = _answer  # noqa: N815

    def log_message(self, *_: Any) -> None:
        return None


@pytest.fixture
def site() -> Iterator[Any]:
    kind = type("Site", (_Site,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}", asked=kind.asked)
    server.shutdown()
    server.server_close()


def asked_here(url: str) -> Answer:
    """The one address of this machine is allowed, as a test needs it; everything else is judged as always."""
    return ask(url, public=lambda one: one == "127.0.0.1" or is_public(one), ports=lambda _: True, seconds=5)


@pytest.mark.parametrize(
    ("path", "problem", "lasting"),
    [
        ("/here", "", False),
        ("/moved", "", False),
        ("/head-unknown", "", False),
        ("/members", "", False),
        ("/gone", "there is no such page", True),
        ("/broken", "it answers with an error", False),
        ("/round", "it is redirected in circles", True),
        ("/inside", "not a public address", True),
    ],
)
def test_an_address_is_followed_to_its_end(site: Any, path: str, problem: str, lasting: bool) -> None:
    assert asked_here(site.url + path) == Answer(problem, lasting)


@pytest.mark.parametrize(
    "url",
    [
        "http://{host}/here",
        "http://localhost:{port}/here",
        "http://[::1]:{port}/here",
        "http://[::ffff:127.0.0.1]:{port}/",
    ],
)
def test_our_own_network_is_never_asked(site: Any, url: str) -> None:
    host = site.url.removeprefix("http://")
    made = url.format(host=host, port=host.rpartition(":")[2])
    assert ask(made, ports=lambda _: True).problem in ("not a public address", "there is no such host")
    assert site.asked == []


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "127.0.0.1", "169.254.169.254", "172.16.4.4", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_everybodys_are_refused(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_not_refused() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")


def test_a_name_with_one_private_address_is_refused_and_is_resolved_once(monkeypatch: Any) -> None:
    looked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        looked.append(host)
        return [(2, 1, 6, "", (address, port)) for address in ("93.184.216.34", "10.0.0.7")]

    monkeypatch.setattr(asking_links.socket, "getaddrinfo", resolve)
    assert ask("http://mixed.example/").problem == "not a public address"
    assert looked == ["mixed.example"]


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http://example.org:22/", "http://example.org:99999/", "http:///x"]
)
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    assert ask(url) == Answer("no web address", lasting=True)


# --- the list -------------------------------------------------------------------------------------


def with_links(pack: Pack, *urls: str, **more: Any) -> Pack:
    body = "Read on.\n\n" + "\n\n".join(f"See [this]({url})." for url in urls)
    page = Article("company/links", "en", "Links", "customers", "Customer care", date(2026, 1, 1), None, (), body,
                   Place("tarnfell/articles/en/company/links.md", 1))  # fmt: skip
    return replace(pack, articles=(replace(page, **more),))


def test_links_are_found_once_without_their_part(company: Pack) -> None:
    pack = with_links(company, "https://a.example/x#one", "https://a.example/x#two", "mailto:x@a.example", "other.md")
    assert links_of(pack.articles[0]) == ["https://a.example/x"]


@pytest.mark.django_db
def test_a_link_is_dead_after_three_tries_or_at_once_and_lives_again(company: Pack, at: datetime) -> None:
    pack = with_links(company, "https://a.example/", "https://b.example/", "https://c.example/")
    answers = {"https://a.example/": Answer("no answer"), "https://b.example/": Answer("there is no such page", True)}
    seen: list[set[str]] = []
    for day in range(3):
        look(pack, at + timedelta(days=day), asking=lambda url: answers.get(url, Answer()), wait=lambda _: None)
        seen.append(set(links.dead()))
    assert seen == [{"https://b.example/"}, {"https://b.example/"}, {"https://a.example/", "https://b.example/"}]
    look(pack, at + timedelta(days=9), asking=lambda _: Answer(), wait=lambda _: None)
    assert links.dead() == {}
    look(with_links(company), at + timedelta(days=9), asking=lambda _: Answer(), wait=lambda _: None)
    assert not LinkCheck.objects.exists()


@pytest.mark.django_db
def test_links_are_asked_when_it_is_time_a_few_at_once_and_a_host_not_in_a_row(company: Pack, at: datetime) -> None:
    many = [f"https://a.example/{number}" for number in range(25)]
    waited: list[float] = []
    asked: list[str] = []

    def asking(url: str) -> Answer:
        asked.append(url)
        return Answer()

    pack = with_links(company, *many)
    assert look(pack, at, asking=asking, wait=waited.append) == links.AT_ONCE
    assert len(waited) == links.AT_ONCE - 1
    assert look(pack, at + timedelta(hours=1), asking=asking, wait=waited.append) == 5
    assert look(pack, at + timedelta(hours=2), asking=asking, wait=waited.append) == 0
    assert sorted(asked) == sorted(many)
    assert look(pack, at + timedelta(days=8), asking=asking, wait=waited.append) == links.AT_ONCE


@pytest.mark.django_db
def test_when_nothing_can_be_reached_we_are_cut_off_and_no_link_is_dead(company: Pack, at: datetime) -> None:
    pack = with_links(company, "https://a.example/", "https://b.example/")
    for day in range(5):
        look(pack, at + timedelta(days=day), asking=lambda _: Answer("there is no such host"), wait=lambda _: None)
    assert links.dead() == {}
