"""Contacts written into free text stay hidden; numbers that are no contacts stay readable."""

import pytest

from tradecontact.contact_details import hide_contacts


@pytest.mark.parametrize(
    "contact",
    [
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "62.812.3456.7890",
        "0812/7000/9999",
        "0812 / 7000 / 9999",
        "(0271) 641234",
        "022-7208123",
        "+62 271 641234",
        "rahasia.saja@contoh.co.id",
    ],
)
def test_contacts_are_hidden(contact: str) -> None:
    assert hide_contacts(f"Pesan ke {contact}, ya.", "***") == "Pesan ke ***, ya."


@pytest.mark.parametrize(
    "text",
    [
        "Harga Rp30.000.000 untuk 1.000 buah",
        "NIB 0220001898123 dan P-IRT 2063204010123-23",
        "22-03-2018 pukul 09.30",
        "ukuran 20x30 cm, 08.00 sampai 16.00",
        "Ukuran 62/80/100/120 cm",
        "SK 08/123/2019/2020",
        "08/12/2025 10.00 WIB",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert hide_contacts(text, "***") == text
