"""An article's Markdown as HTML that is safe to show: headings with anchors, links between articles, nothing active."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from urllib.parse import quote

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from courtesy.knowledge.passages import markdown
from courtesy.pack.model import Article

TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "s", "code", "pre", "blockquote", "hr", "br", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def render(article: Article) -> SafeString:
    """The body as HTML. Part numbers agree with ``passages.sections``, so that an answer can point at its part."""
    parser = markdown()
    tokens = parser.parse(article.body)
    _number_headings(tokens)
    _link_articles(tokens, article)
    written = parser.renderer.render(tokens, parser.options, {})
    safe = nh3.clean(written, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer")
    return mark_safe(safe)  # noqa: S308 - cleaned on the line above


def _number_headings(tokens: Sequence[Token]) -> None:
    """The page's own title is the h1, so the article's headings start at h2."""
    highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=2)
    number = 0
    for token in tokens:
        if token.type not in ("heading_open", "heading_close"):
            continue
        token.tag = f"h{min(4, int(token.tag[1]) - highest + 2)}"
        if token.type == "heading_open" and token.level == 0:
            number += 1
            token.attrSet("id", f"part-{number}")


def _link_articles(tokens: Sequence[Token], article: Article) -> None:
    """``[…](../returns/how-to-return.md)`` leads to that article's page in the same language."""
    for token in tokens:
        for child in token.children or ():
            target = str(child.attrGet("href") or "")
            path, _, part = target.partition("#")
            if child.type != "link_open" or not path.endswith(".md") or "://" in path:
                continue
            id = posixpath.normpath(posixpath.join(posixpath.dirname(article.id), path.removesuffix(".md")))
            address = (
                f"/help/{article.language}/{quote(id)}/" if not id.startswith("..") else f"/help/{article.language}/"
            )
            child.attrSet("href", address + (f"#{part}" if part else ""))
