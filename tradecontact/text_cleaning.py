"""Text as people meant it: without signs that nobody sees and that make two equal names differ.

Pure. Forms, cells of a list and exports clean with the same functions.
"""

from __future__ import annotations

import re
import unicodedata

EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
    f"|(?<![{EMOJI}])\u200d|\u200d(?![{EMOJI}])"  # a joiner stays only where it makes one emoji of two
)
SPACES = re.compile(r"\s+")
LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
EMPTY_LINES = re.compile(r"\n{3,}")


def visible_text(text: str) -> str:
    """Return what a reader sees of a text, in one spelling of each letter; its spaces stay as they are."""
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text))


def clean_line(text: str) -> str:
    """Return text on one line: no control, zero-width or direction signs, spaces squeezed.

    ``clean_line("  Keripik\\u200b \\n singkong")`` is ``"Keripik singkong"``.
    """
    return SPACES.sub(" ", visible_text(SPACES.sub(" ", text))).strip()


def clean_lines(text: str) -> str:
    """Return text with its line breaks, each line as ``clean_line``; at most one empty line in a row."""
    lines = LINE_ENDS.sub("\n", text).split("\n")
    return EMPTY_LINES.sub("\n\n", "\n".join(clean_line(line) for line in lines)).strip()
