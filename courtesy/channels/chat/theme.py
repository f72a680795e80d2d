"""The chat's colours: made from the company's accent so that words on it can always be read."""

from __future__ import annotations

import re
from collections.abc import Mapping

ACCENT = "#1f6f5c"
_ENOUGH = 4.5  # WCAG 2.2, 1.4.3: contrast of text against its ground


def theme_of(colours: Mapping[str, str]) -> dict[str, str]:
    """``accent`` with ``on accent``, and the accent as text on a light and on a dark ground."""
    accent = rgb_of(colours.get("accent", "")) or rgb_of(ACCENT) or (0, 0, 0)
    ground = _until(accent, "#ffffff", -8)
    return {
        "accent": written(ground),
        "on accent": "#ffffff",
        "accent on light": written(_until(accent, "#f4f5f6", -8)),
        "accent on dark": written(_until(accent, "#26292e", 8)),
    }


def rgb_of(colour: str) -> tuple[int, int, int] | None:
    """Red, green, blue of ``#rgb`` or ``#rrggbb``; None for anything else."""
    found = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", colour.strip())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def written(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _until(colour: tuple[int, int, int], ground: str, step: int) -> tuple[int, int, int]:
    """The colour, made darker or lighter step by step until it can be read on ``ground``."""
    against = rgb_of(ground) or (255, 255, 255)
    while contrast(colour, against) < _ENOUGH:
        red, green, blue = (min(255, max(0, part + step)) for part in colour)
        if (red, green, blue) == colour:
            break
        colour = (red, green, blue)
    return colour


def style_sheet(colours: Mapping[str, str]) -> str:
    """The theme as CSS custom properties, for light and dark."""
    theme = theme_of(colours)
    light = f"--accent:{theme['accent']};--on-accent:{theme['on accent']};--accent-text:{theme['accent on light']}"
    dark = f"--accent-text:{theme['accent on dark']}"
    return (
        f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n"
    )
