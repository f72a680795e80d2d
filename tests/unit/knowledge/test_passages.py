"""Articles cut into passages of plain text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from courtesy.knowledge.passages import sections, shortened
from courtesy.knowledge.rendering import render
from courtesy.pack.model import Article, Pack, Place

ARTICLE = Article("a/b", "en", "T", "customers", "", None, None, (), "", Place("p", 1))


def test_marks_links_and_tables_become_plain_words(lantern: Pack) -> None:
    article = next(one for one in lantern.articles if one.id == "delivery/delivery-times" and one.language == "en")
    lead, islands = sections(article)
    assert "**" not in lead.text
    assert islands.heading == "Islands"
    assert islands.text.startswith("To the Balearic Islands delivery takes five working days")
    assert islands.text.endswith("place | days\nMallorca | 5\nTenerife | 10")


def test_nested_and_numbered_lists_keep_their_marks() -> None:
    body = "Do this:\n\n1. First\n2. Second\n   - with care\n   - slowly\n\n```\ncode\n```"
    (only,) = sections(replace(ARTICLE, body=body))
    assert only.text == "Do this:\n\n1. First\n2. Second\n  • with care\n  • slowly\n\ncode"


def test_part_numbers_agree_with_the_anchors_of_the_page() -> None:
    article = replace(ARTICLE, body="# One\n\ntext\n\n## Empty\n\n## Two\n\ntext")
    assert [(part.number, part.heading) for part in sections(article)] == [(1, "One"), (3, "Two")]
    assert '<h2 id="part-1">One</h2>' in render(article)
    assert '<h3 id="part-3">Two</h3>' in render(article)


def test_a_long_passage_ends_with_a_whole_paragraph_or_sentence() -> None:
    assert shortened("First paragraph.\n\nSecond paragraph.", 30) == "First paragraph."
    assert shortened("One sentence. Another sentence. A third.", 33) == "One sentence. Another sentence."
    assert shortened("第一句。第二句。第三句。", 9) == "第一句。第二句。"
    assert shortened("short", 30) == "short"


@given(st.text(max_size=300))
def test_any_text_can_be_cut_and_rendered(body: str) -> None:
    article = replace(ARTICLE, body=body)
    for part in sections(article):
        assert part.text
        assert len(part.quote) <= 901
    assert "<script" not in render(article)


def test_nothing_active_survives_rendering() -> None:
    body = (
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) ![p](https://x.example/t.gif)"
        "\n\n[b](data:text/html,x) [c](https://x.example/)"
    )
    written = render(replace(ARTICLE, body=body))
    assert "<script" not in written
    assert "<img" not in written
    assert "javascript:" not in written.replace("[a](javascript:alert(1))", "")
    assert 'href="data:' not in written
    assert '<a href="https://x.example/" rel="noopener noreferrer">c</a>' in written


def test_links_between_articles_lead_to_their_pages() -> None:
    written = render(replace(ARTICLE, body="[x](c.md) [y](../d/e.md#part-2) [z](../../../etc.md)"))
    assert 'href="/help/en/a/c/"' in written
    assert 'href="/help/en/d/e/#part-2"' in written
    assert 'href="/help/en/"' in written
