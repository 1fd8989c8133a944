"""Files in folders, and in a bucket: a real S3 server on this machine, asked over a real socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from moto.server import ThreadedMotoServer
from pytest_django.fixtures import Settings

from products import renditions
from products.models import Photo
from tests.factories import ProductFactory
from tests.pictures import store_photo
from tradecontact.storages import file_storages

FOLDERS = {"media": Path("/tmp/media"), "private": Path("/tmp/private")}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[str]:
    """The portal keeps its files in a fresh bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "S3_BUCKET": "foto-uji", "S3_ENDPOINT_URL": f"http://{host}:{port}", "S3_ACCESS_KEY_ID": "uji",
        "S3_SECRET_ACCESS_KEY": "uji", "S3_ADDRESSING_STYLE": "path",
    }  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.STORAGES = {**settings.STORAGES, **file_storages(**FOLDERS)}
    storages["default"].connection.create_bucket(Bucket="foto-uji")
    yield "foto-uji"
    server.stop()


def test_without_a_bucket_files_lie_in_two_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("S3_BUCKET", raising=False)

    found = file_storages(**FOLDERS)

    assert [found[alias]["OPTIONS"]["location"] for alias in ("default", "private")] == list(FOLDERS.values())


def test_a_bucket_without_keys_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S3_BUCKET", "foto")
    monkeypatch.delenv("S3_ACCESS_KEY_ID", raising=False)

    with pytest.raises(ImproperlyConfigured, match="S3_ACCESS_KEY_ID"):
        file_storages(**FOLDERS)


@pytest.mark.django_db
def test_photos_live_in_the_bucket_from_sending_to_removal(bucket: str) -> None:
    photo = store_photo(ProductFactory())
    renditions.make_renditions(photo.pk, now=timezone.now())

    answers = [
        Client().get(reverse("products:photo_file", args=[photo.token, width])) for width in (320, 640, 800)
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {answer.content[8:12] for answer in answers} == {b"WEBP"}
    keys = [entry.key for entry in storages["default"].bucket.objects.all()]
    assert keys == sorted(f"publik/{name}" for name in photo.file_names)
    Photo.objects.all().delete()
    assert renditions.delete_orphans(now=timezone.now() + renditions.ORPHAN_AGE * 2) == 3
    assert list(storages["default"].bucket.objects.all()) == []


@pytest.mark.django_db
def test_a_photo_whose_file_the_bucket_lacks_is_404(bucket: str) -> None:
    photo = store_photo(ProductFactory())
    storages["default"].delete(photo.file_name(800))

    assert Client().get(reverse("products:photo_file", args=[photo.token, 800])).status_code == 404
    assert not renditions.make_renditions(photo.pk, now=timezone.now())


def test_private_files_lie_apart_and_are_read_back(bucket: str) -> None:
    storages["private"].save("bukti/a.pdf", ContentFile(b"bukti"))

    with storages["private"].open("bukti/a.pdf") as file:
        assert file.read() == b"bukti"
    assert not storages["default"].exists("bukti/a.pdf")
    assert [entry.key for entry in storages["private"].bucket.objects.all()] == ["pribadi/bukti/a.pdf"]
