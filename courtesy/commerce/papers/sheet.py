"""A sheet of paper: page, fonts and the few ways in which our papers write on it."""

from __future__ import annotations

from pathlib import Path

from fpdf import FPDF

FONT = Path(__file__).parents[1] / "fonts" / "sheet.ttf"
GREY = 110


class Sheet:
    """An A4 or label page that writes any text of the shipped languages."""

    def __init__(self, title: str, *, size: tuple[float, float] | str = "A4", margin: float = 18) -> None:
        self.pdf = FPDF(format=size)
        self.pdf.set_title(title)
        self.pdf.set_creator("Courtesy")
        self.pdf.set_margin(margin)
        self.pdf.set_auto_page_break(True, margin)
        self.pdf.add_font("sheet", "", FONT)
        self.pdf.add_page()

    def say(self, text: str, *, points: float = 10, grey: bool = False, after: float = 0) -> None:
        """A paragraph over the whole width."""
        self.pdf.set_font("sheet", size=points)
        self.pdf.set_text_color(GREY if grey else 0)
        self.pdf.multi_cell(0, points * 0.5, text, new_x="LMARGIN", new_y="NEXT")
        self.pdf.ln(after)

    def row(self, cells: list[tuple[str, float, str]], *, points: float = 10, grey: bool = False) -> None:
        """Cells of a table: (text, share of the width, "L" or "R")."""
        self.pdf.set_font("sheet", size=points)
        self.pdf.set_text_color(GREY if grey else 0)
        for text, share, side in cells:
            self.pdf.cell(self.pdf.epw * share, points * 0.62, text, align=side)
        self.pdf.ln(points * 0.62)

    def rule(self) -> None:
        self.pdf.set_draw_color(190)
        y = self.pdf.get_y() + 1.5
        self.pdf.line(self.pdf.l_margin, y, self.pdf.w - self.pdf.r_margin, y)
        self.pdf.ln(4)

    def finish(self) -> bytes:
        return bytes(self.pdf.output())
