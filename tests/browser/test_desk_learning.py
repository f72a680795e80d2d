"""Teaching at the desk in a real Chromium: corrected, tested, taken, undone; by mouse, by keys, and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from chat_page import WIDE
from chat_server import ROOT, Server
from desk_page import House, keep_picture
from test_accessibility import broken

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RIDDLE = "the rucksack and I, we are no friends any more"
TESTED_WITHIN = 180_000  # milliseconds


@pytest.fixture(scope="module")
def server(tmp_path_factory: Any) -> Iterator[Server]:
    """A company whose pack may be written, with one rehearsal."""
    folder = tmp_path_factory.mktemp("packs") / "tarnfell"
    shutil.copytree(ROOT / "packs" / "tarnfell", folder)
    for page in (folder / "rehearsals").iterdir():
        if page.name != "a-person-please-en.yaml":
            page.unlink()
    serving = Server(tmp_path_factory.mktemp("learning"), {"COURTESY_PACK": str(folder), "COURTESY_ENCODER": "none"})
    try:
        yield serving.start()
    finally:
        serving.end()


def test_a_correction_is_proposed_tested_taken_and_undone(house: House) -> None:
    visitor = house.conversation(RIDDLE)
    lea = house.colleague("Lea", "team lead", "")
    lea.goto(f"{house.server.url}/desk/c/{visitor.id}/?view=all")
    lea.keyboard.press("w")
    card = lea.locator("#panel-why .reason.understood").first
    card.locator("summary").click()
    expect(card).to_contain_text("none of these")
    card.get_by_role("button", name="Correct this").click()
    expect(card.get_by_label("Another procedure")).to_be_visible()
    assert broken(lea) == []
    card.get_by_label("Another procedure").select_option("Return an item")
    card.get_by_role("button", name="Propose", exact=True).first.click()
    card.get_by_role("link", name="Proposal").click()

    expect(lea.locator(".diff")).to_contain_text(f'- "{RIDDLE}"')
    assert lea.get_by_role("button", name="Take it into the pack").count() == 0
    lea.get_by_role("button", name="Test it").click()
    expect(lea.get_by_role("progressbar")).to_be_visible()
    take = lea.get_by_role("button", name="Take it into the pack")
    expect(take).to_be_visible(timeout=TESTED_WITHIN)
    expect(lea.locator("#proposal")).to_contain_text("all 1 rehearsals pass")
    assert broken(lea) == []
    keep_picture(lea, "proposal")
    take.click()
    expect(lea.locator("#proposal .badge").first).to_have_text("taken")
    understood = house.conversation(RIDDLE)
    lea.goto(f"{house.server.url}/desk/c/{understood.id}/?view=all")
    lea.keyboard.press("w")
    expect(lea.locator("#panel-why")).to_contain_text("begun: Return an item")

    lea.keyboard.press("g")
    lea.keyboard.press("p")
    lea.get_by_role("link", name="Taken").click()
    lea.locator("[data-card]", has_text=RIDDLE).click()
    lea.get_by_role("button", name="Undo").click()
    expect(lea.locator("#proposal .badge").first).to_have_text("undone")


def test_proposals_are_walked_and_opened_by_keys_alone(house: House) -> None:
    visitor = house.conversation("the stove and the dog, a long story")
    mei = house.colleague("Mei", "representative")
    mei.goto(f"{house.server.url}/desk/c/{visitor.id}/?view=all")
    mei.keyboard.press("w")
    card = mei.locator("#panel-why .reason.understood").first
    card.locator("summary").press("Enter")
    card.get_by_role("button", name="Correct this").press("Enter")
    card.get_by_role("button", name="none of these").press("Enter")
    expect(card.get_by_role("link", name="Proposal")).to_be_visible()
    mei.keyboard.press("g")
    mei.keyboard.press("p")
    expect(mei.get_by_role("heading", name="Proposals")).to_be_visible()
    mei.keyboard.press("j")
    expect(mei.locator("[data-card]").first).to_be_focused()
    mei.keyboard.press("Enter")
    expect(mei.locator("#proposal-title")).to_contain_text("a long story")
    expect(mei.locator("#proposal")).to_contain_text("A team lead or manager decides what is learned.")


def test_what_nobody_could_answer_becomes_a_draft_on_a_phone(house: House) -> None:
    for words in ("你们有没有给大学生团体的团购折扣？", "大学生团体有团购折扣吗？"):
        house.conversation(words)
    mei = house.colleague("Mei", "representative", viewport={"width": 390, "height": 844})
    mei.goto(f"{house.server.url}/desk/gaps/")
    theme = mei.locator("[data-card]").first
    expect(theme).to_contain_text("学生")
    assert broken(mei) == []
    assert mei.evaluate(WIDE) == 0
    theme.get_by_role("button", name="Draft an article").click()
    mei.get_by_role("textbox", name="Answer (Markdown)").fill("有，十人以上九折。")
    mei.get_by_role("button", name="Keep the words").click()
    expect(mei.locator(".diff")).to_contain_text("有，十人以上九折。")
    assert mei.evaluate(WIDE) == 0
