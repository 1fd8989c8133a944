"""Environment values are read with their type, or refused by name."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tradecontact.environment import read_bool, read_choice, read_https, read_int, read_list, read_text


def test_values_have_their_type(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"A": "halo", "B": "Yes", "C": "0", "D": "12", "E": "a, b,,"}.items():
        monkeypatch.setenv(f"TEST_{name}", value)

    assert read_text("TEST_A") == "halo"
    assert (read_bool("TEST_B", default=False), read_bool("TEST_C", default=True)) == (True, False)
    assert read_int("TEST_D", 1) == 12
    assert read_list("TEST_E", []) == ["a", "b"]


def test_missing_values_take_their_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_A", raising=False)

    assert read_text("TEST_A", "x") == "x"
    assert read_bool("TEST_A", default=True) is True
    assert read_int("TEST_A", 3) == 3
    assert read_list("TEST_A", ["y"]) == ["y"]


def test_missing_secret_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_A", raising=False)

    with pytest.raises(ImproperlyConfigured, match="Set TEST_A in the environment"):
        read_text("TEST_A")


def test_wrong_values_say_what_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_A", "mungkin")

    with pytest.raises(ImproperlyConfigured, match="TEST_A is 'mungkin'; use 1 or 0"):
        read_bool("TEST_A", default=False)
    with pytest.raises(ImproperlyConfigured, match="TEST_A is 'mungkin'; use a whole number"):
        read_int("TEST_A", 1)
    with pytest.raises(ImproperlyConfigured, match="TEST_A is 'mungkin'; use manual or http"):
        read_choice("TEST_A", ["manual", "http"])
    with pytest.raises(ImproperlyConfigured, match="TEST_A must begin with https://"):
        read_https("TEST_A")


def test_first_choice_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEST_A", raising=False)
    monkeypatch.setenv("TEST_B", "https://contoh.test/kirim")

    assert read_choice("TEST_A", ["manual", "http"]) == "manual"
    assert read_https("TEST_B") == "https://contoh.test/kirim"
