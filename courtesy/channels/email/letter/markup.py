"""HTML of mails: made safe to show, and read as text with quotes marked. Never raises."""

from __future__ import annotations

import re

import nh3
from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml import etree, html  # type: ignore[import-untyped]

LONGEST = 400_000
DEEPEST = 120
_OPEN, _CLOSE = "\ue000", "\ue001"
_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "ins", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_NOT_SHOWN = {"script", "style", "title", "head", "form", "textarea", "select", "button", "template", "svg", "math"}
_ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}
_CONFIG = ParserConfig(css=CSS_PROFILES["strict"], display_links=False, display_images=False)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ENTITY = {"&nbsp;": " ", "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'"}


def make_safe(source: str) -> str:
    """HTML that can do nothing: no scripts, forms, styles or pictures; links open apart and tell nobody.

    "" when the page is nested so deeply that it can only be meant to harm."""
    source = source[:LONGEST]
    if _too_deep(source):
        return ""
    try:
        return nh3.clean(
            source,
            tags=_TAGS,
            clean_content_tags=_NOT_SHOWN - _TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener noreferrer nofollow",
        ).strip()
    except (ValueError, TypeError, RuntimeError):
        return ""


def as_text(source: str) -> str:
    """The page as plain text; lines of quoted passages begin with "> "."""
    source = source[:LONGEST]
    if _too_deep(source):
        return _stripped(source)
    try:
        tree = html.document_fromstring(
            re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source).encode("utf-8"), parser=_parser()
        )
        _mark_quotes(tree)
        page = etree.tostring(tree, encoding="unicode", method="html")
        text = get_text(page, _CONFIG)
    except (etree.Error, ValueError, RecursionError, AttributeError, TypeError, IndexError, KeyError, AssertionError):
        return _stripped(source)
    return _quoted(_tidy(text))


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


def _too_deep(source: str) -> bool:
    """Whether tags open far more often than they close: parsers slow down or overflow on such pages."""
    depth = deepest = 0
    for found in re.finditer(r"<(/?)(\w{1,12})[^<>]{0,1}", source):
        name = found[2].lower()
        if name in {"br", "hr", "img", "meta", "link", "input", "p", "li", "td", "tr", "th", "col", "o", "area"}:
            continue
        depth += -1 if found[1] else 1
        depth = max(depth, 0)
        deepest = max(deepest, depth)
        if deepest > DEEPEST * 3:
            return True
    return False


def _mark_quotes(tree: html.HtmlElement) -> None:
    """Put marks where a quotation begins and ends, so that the text shows it."""
    found = tree.xpath(
        "//blockquote[not(ancestor::blockquote)] | //div[contains(@class,'yahoo_quoted')] | "
        "//*[@id='OLK_SRC_BODY_SECTION' or @id='mail-editor-reference-message-container']"
    )
    for element in found:
        before, after = etree.Element("div"), etree.Element("div")
        before.text, after.text = _OPEN, _CLOSE
        after.tail, element.tail = element.tail, None
        element.addprevious(before)
        element.addnext(after)
    for style in tree.xpath("//style | //script | //title | //head/meta"):
        style.drop_tree()


def _quoted(text: str) -> str:
    lines = []
    inside = 0
    for line in text.split("\n"):
        opened, closed = line.count(_OPEN), line.count(_CLOSE)
        inside += opened
        bare = line.replace(_OPEN, "").replace(_CLOSE, "")
        if not (opened or closed) or bare.strip():
            lines.append(f"> {bare}" if inside else bare)
        inside = max(inside - closed, 0)
    return "\n".join(lines).strip("\n")


def _tidy(text: str) -> str:
    text = text.replace("\u00a0", " ").replace("\u200b", "")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", text)


def _stripped(source: str) -> str:
    """Plain last resort: tags out, common entities in."""
    source = re.sub(r"(?is)<(script|style)\b[^>]{0,500}>[^<]{0,100000}</\1>", " ", source)
    source = re.sub(r"(?i)<(br|p|div|tr|li)\b[^<>]{0,500}>", "\n", source)
    text = _TAG.sub("", source)
    for entity, letter in _ENTITY.items():
        text = text.replace(entity, letter)
    return _tidy(text).strip()
