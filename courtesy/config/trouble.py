"""What stops a command that the person at the terminal can put right; shown as one sentence, without a traceback."""

from __future__ import annotations


class Trouble(Exception):
    """``str(trouble)`` says what is wrong and what to do; the command ends with exit code 2."""
