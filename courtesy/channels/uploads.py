"""Files somebody sends: the type is told by the content, never by the name, and only harmless kinds come in."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

import puremagic

from courtesy.channels.port import Attached

# Media type → endings that such a file may keep; the first is given where the name has another.
ACCEPTED: dict[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    "text/plain": (".txt", ".csv", ".md", ".log"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
}
_IMAGES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"%PDF-": "application/pdf",
}
_OFFICE = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx"}
_BY_ENDING = {ending: kind for kind, endings in ACCEPTED.items() for ending in endings}


def media_type_of(content: bytes) -> str | None:
    """The accepted media type that these bytes are, or None."""
    for start, kind in _IMAGES.items():
        if content.startswith(start):
            return kind
    if content[:4] == b"PK\x03\x04":
        return _office_type(content)
    try:
        guessed = str(puremagic.from_string(content[:65536], mime=True))
    except (puremagic.PureError, ValueError):
        guessed = ""
    if guessed in ("image/webp", "image/heic"):
        return guessed
    return "text/plain" if _is_plain_text(content) else None


def _office_type(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                return None  # macros
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace")
                return declared if declared in ACCEPTED else None
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, OSError):
        return None
    return next((_BY_ENDING[ending] for part, ending in _OFFICE.items() if part in names), None)


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    opening = text[:1024].lstrip().lower()
    looks_like_code = opening.startswith(("<", "#!", "%!")) or "<script" in opening
    odd = any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n\f" for sign in text)
    return bool(text.strip()) and not looks_like_code and not odd


def plain_name(name: str, media_type: str) -> str:
    """A file name without folders, control signs or tricks with direction, and with an ending that fits."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(". ")[-120:] or "file"
    endings = ACCEPTED[media_type]
    return kept if kept.lower().endswith(endings) else kept + endings[0]


def accept_file(name: str, content: bytes) -> Attached | None:
    """The file as an attachment, or None when its kind is not accepted."""
    kind = media_type_of(content)
    return Attached(plain_name(name, kind), kind, content) if kind else None
