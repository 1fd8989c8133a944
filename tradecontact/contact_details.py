"""Phone numbers and e-mail addresses that people write into free text, which the public must not read."""

import re

# A slash counts between groups of at least three digits, as in 0812/7000/9999; dates and sizes have fewer.
GAP = r"(?:[\s.()-]|(?<=\d{3})\s?/\s?(?=\d{3}))*"
MOBILE = rf"(?:\+?62|0){GAP}8(?:{GAP}\d){{7,11}}"
LAND_LINE = r"\(?(?:\+62[\s-]*|0)\d{2,3}\)?[\s.-]*\d{5,8}"
E_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
CONTACT = re.compile(rf"(?<!\d)(?:{MOBILE}|{LAND_LINE})(?!\d)|{E_MAIL}")


def hide_contacts(text: str, instead: str) -> str:
    """Return ``text`` with every phone number and e-mail address replaced by ``instead``.

    Prices, dates and business numbers (NIB, 13 digits) stay.
    """
    return CONTACT.sub(instead, text)
