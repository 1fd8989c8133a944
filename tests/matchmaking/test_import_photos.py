"""A list comes in with its photos in one ZIP, and goes back with them."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from products.models import ImportBatch, Photo, Product
from tests.products.excel.sheets import workbook
from tests.scenes import ContactScene, make_contact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

TITLES = ["Nama Usaha", "NIB", "Kategori", "Nama Produk", "Harga", "Foto"]
ROW = ["Usaha A", "9120000000031", "Kuliner", "Keripik singkong", 13_400, "depan.jpg; rusak.jpg"]


def picture(colour: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (400, 300), colour).save(target, "JPEG")
    return target.getvalue()


def zipped(*rows: list[Any], **photos: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("daftar.xlsx", workbook([TITLES, *rows]))
        for name, content in photos.items():
            archive.writestr(f"foto/{name}.jpg", content)
    return target.getvalue()


@pytest.fixture
def scene(client: Client) -> ContactScene:
    scene = make_contact()
    client.force_login(scene.guest.user)
    return scene


def uploaded(client: Client, scene: ContactScene, content: bytes) -> ImportBatch:
    page = reverse("matchmaking:delegation_import", args=[scene.trade_contact.slug])
    response = client.post(page, {"file": SimpleUploadedFile("kiriman.zip", content)})
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("pk")


def press(client: Client, scene: ContactScene, name: str, batch: ImportBatch) -> str:
    path = reverse(f"matchmaking:{name}", args=[scene.trade_contact.slug, batch.pk])
    response = client.get(path) if name == "import_preview" else client.post(path, follow=True)
    return " ".join(response.content.decode().split())


def test_photos_are_shown_stored_and_taken_back(client: Client, scene: ContactScene) -> None:
    content = zipped(ROW, depan=picture("red"), rusak=picture("blue")[:200], lain=picture("green"))
    batch = uploaded(client, scene, content)

    preview = press(client, scene, "import_preview", batch)
    assert "2 foto" in preview
    assert "Foto yang tidak dipakai, sebab tidak ada produk yang menyebutnya: lain.jpg." in preview

    result = press(client, scene, "import_apply", batch)
    assert "rusak.jpg: Foto ini tidak utuh atau rusak." in result
    photo = Photo.objects.get()
    assert (photo.product.name, photo.width, photo.is_waiting) == ("Keripik singkong", 400, False)

    press(client, scene, "import_undo", batch)
    assert (Photo.objects.count(), Product.objects.count()) == (0, 0)


def test_same_zip_again_stores_no_photo_twice(client: Client, scene: ContactScene) -> None:
    content = zipped(ROW, depan=picture("red"))
    for _time in range(2):
        press(client, scene, "import_apply", uploaded(client, scene, content))

    assert Photo.objects.count() == 1
    assert ImportBatch.objects.latest("pk").counts["products"] == {"new": 0, "changed": 0, "unchanged": 1}


def test_undo_keeps_photos_that_were_there_before(client: Client, scene: ContactScene) -> None:
    press(client, scene, "import_apply", uploaded(client, scene, zipped(ROW, depan=picture("red"))))
    more = zipped([*ROW[:-1], "belakang.jpg"], belakang=picture("blue"))
    later = uploaded(client, scene, more)
    press(client, scene, "import_apply", later)
    assert Photo.objects.count() == 2

    press(client, scene, "import_undo", later)

    assert Photo.objects.count() == 1
