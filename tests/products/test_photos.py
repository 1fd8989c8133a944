"""Photos of products: stored once, in order, with renditions, and gone with their files."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actors import Actor, Via
from accounts.history import entries_of
from products import photos, renditions, revisions
from products.models import Photo, Product
from products.photos import TooManyPhotos
from products.pictures import PictureRefused
from products.timeline import of_business
from tests.factories import OfficeMemberFactory, PhotoFactory, ProductFactory, actor_of
from tests.pictures import drawn, store_photo

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 3, 22, 9, 0, tzinfo=UTC)
COLOURS = ["red", "blue", "green", "gold", "black", "white", "grey", "pink", "brown"]


def owner_of(product: Product) -> Actor:
    return Actor(via=Via.LINK, business_id=product.business_id)


def add(product: Product, actor: Actor | None = None, **look: Any) -> tuple[Photo, bool]:
    file = BytesIO(drawn(**look))
    return photos.add_photo(actor=actor or owner_of(product), product=product, file=file, now=NOW)


def order_of(product: Product) -> list[int]:
    return list(product.photos.in_order().values_list("pk", flat=True))


def size_of(photo: Photo, width: int) -> tuple[int, int]:
    with default_storage.open(photo.file_name(width)) as file, Image.open(file) as image:
        return image.size


def stored_names(photo: Photo) -> list[str]:
    return [name for name in photo.file_names if default_storage.exists(name)]


def test_a_photo_is_stored_with_its_size_under_a_name_nobody_can_guess() -> None:
    product = ProductFactory()

    photo, is_new = add(product)

    assert is_new
    assert (photo.position, photo.width, photo.height, photo.is_waiting) == (1, 800, 600, False)
    assert len(photo.token) == 24
    assert default_storage.exists(photo.file_name(800))
    assert [line.text for line in of_business(product.business)] == ["Foto produk ditambahkan."]


def test_the_same_photo_sent_twice_is_stored_once() -> None:
    product = ProductFactory()
    first, _ = add(product)

    again, is_new = add(product)

    assert (again, is_new) == (first, False)
    assert product.photos.count() == 1
    assert len(entries_of(product)) == 1


def test_a_resend_that_arrives_while_the_first_is_stored_leaves_no_file() -> None:
    product = ProductFactory()
    first, _ = add(product)
    late = photos._prepared(
        product, photos.pictures.read_picture(BytesIO(drawn())), first.content_hash, "", NOW
    )

    assert photos._store(owner_of(product), late) == first


def test_the_ninth_photo_is_refused_and_leaves_no_file() -> None:
    product = ProductFactory()
    for colour in COLOURS[:8]:
        add(product, colour=colour)
    before = set(renditions._stored_files())

    with pytest.raises(TooManyPhotos, match="Sudah ada 8 foto"):
        add(product, colour=COLOURS[8])

    assert set(renditions._stored_files()) == before


def test_another_business_and_another_office_add_nothing() -> None:
    product = ProductFactory()

    for stranger in (owner_of(ProductFactory()), actor_of(OfficeMemberFactory())):
        with pytest.raises(PermissionDenied):
            add(product, stranger)

    assert product.photos.count() == 0


def test_what_is_no_photo_leaves_nothing() -> None:
    product = ProductFactory()

    with pytest.raises(PictureRefused):
        photos.add_photo(actor=owner_of(product), product=product, file=BytesIO(b"GIF89a"), now=NOW)

    assert order_of(product) == []


def test_renditions_are_made_once_the_photo_is_stored(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        stored, _ = add(ProductFactory(), size=(1500, 1000))

    photo = Photo.objects.get(pk=stored.pk)
    assert [size_of(photo, width) for width in photo.widths] == [
        (320, 213),
        (640, 427),
        (1280, 853),
        (1500, 1000),
    ]


def test_until_then_only_the_photo_as_kept_is_there_and_a_sweep_makes_the_rest() -> None:
    photo = store_photo(ProductFactory())
    assert photo.widths == [800]

    call_command("sweep_photos")
    call_command("sweep_photos")

    photo.refresh_from_db()
    assert photo.widths == [320, 640, 800]
    assert stored_names(photo) == photo.file_names


def test_a_run_that_broke_off_is_made_again() -> None:
    photo = store_photo(ProductFactory())
    default_storage.save(photo.file_name(320), ContentFile(b"half a fi"))

    assert renditions.make_renditions(photo.pk, now=NOW)

    assert size_of(photo, 320) == (320, 240)
    assert not renditions.make_renditions(photo.pk, now=NOW)


def test_a_photo_without_its_file_gets_no_renditions() -> None:
    assert not renditions.make_renditions(PhotoFactory().pk, now=NOW)


@pytest.mark.parametrize(
    ("moved", "place", "wanted"), [(2, 1, [2, 0, 1]), (0, 3, [1, 2, 0]), (0, 8, [1, 2, 0]), (1, 2, [0, 1, 2])]
)
def test_a_photo_is_put_at_a_place_and_twice_is_the_same(moved: int, place: int, wanted: list[int]) -> None:
    product = ProductFactory()
    added = [add(product, colour=colour)[0] for colour in COLOURS[:3]]

    for _ in range(2):
        photos.place_photo(actor=owner_of(product), photo=added[moved], position=place, now=NOW)

    assert order_of(product) == [added[place].pk for place in wanted]
    assert list(product.photos.in_order().values_list("position", flat=True)) == [1, 2, 3]


def test_a_removed_photo_takes_its_files_and_the_others_move_up(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    product = ProductFactory()
    with django_capture_on_commit_callbacks(execute=True):
        first, second = (add(product, colour=colour)[0] for colour in COLOURS[:2])

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            photos.remove_photo(actor=owner_of(product), photo=first, now=NOW)

    assert order_of(product) == [second.pk]
    assert product.photos.get().position == 1
    assert stored_names(first) == []
    assert len(stored_names(Photo.objects.get())) == 3


def test_files_whose_product_is_gone_are_swept_when_they_are_old() -> None:
    photo, kept = store_photo(ProductFactory()), store_photo(ProductFactory())
    photo.product.delete()
    now = default_storage.get_modified_time(photo.file_name(800))

    young = renditions.delete_orphans(now=now + timedelta(hours=1))
    assert (young, stored_names(photo)) == (0, [photo.file_name(800)])
    renditions.delete_orphans(now=now + timedelta(hours=25))

    assert stored_names(photo) == []
    assert stored_names(kept) == [kept.file_name(800)]


def test_a_description_is_stored_and_a_long_one_refused() -> None:
    product = ProductFactory()
    photo, _ = add(product)

    photos.describe_photo(actor=owner_of(product), photo=photo, alt="Dua bungkus keripik", now=NOW)
    with pytest.raises(ValidationError):
        photos.describe_photo(actor=owner_of(product), photo=photo, alt="a" * 121, now=NOW)

    assert product.photos.get().alt == "Dua bungkus keripik"


def test_where_the_office_sees_changes_first_a_photo_waits_for_it() -> None:
    product = ProductFactory()
    type(product.business.office).objects.update(sees_changes_first=True)
    officer = actor_of(OfficeMemberFactory(office=product.business.office))
    waiting, _ = add(product)
    own, _ = add(product, officer, colour="blue")

    assert (waiting.is_waiting, own.is_waiting) == (True, False)
    photos.describe_photo(actor=officer, photo=own, alt="Tas biru", now=NOW)
    assert list(Photo.objects.covers()) == [own]
    assert list(Photo.objects.covers()) == [own]
    with pytest.raises(PermissionDenied, match="Hanya dinas wilayahnya"):
        photos.show_photo(actor=owner_of(product), photo=waiting)
    photos.show_photo(actor=officer, photo=waiting)
    assert list(Photo.objects.covers()) == [waiting]


def test_where_the_office_sees_changes_first_words_order_and_removal_wait_for_it_as_well(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    product = ProductFactory()
    first, second, third = (add(product, colour=colour)[0] for colour in COLOURS[:3])
    type(product.business.office).objects.update(sees_changes_first=True)
    owner, officer = owner_of(product), actor_of(OfficeMemberFactory(office=product.business.office))

    for _ in range(2):
        photos.describe_photo(actor=owner, photo=second, alt="Tas biru", now=NOW)
        photos.remove_photo(actor=owner, photo=first, now=NOW)
        revision = photos.place_photo(actor=owner, photo=third, position=1, now=NOW)

    assert revision is not None
    assert order_of(product) == [first.pk, second.pk, third.pk]
    assert not product.photos.exclude(alt="").exists()

    with django_capture_on_commit_callbacks(execute=True):
        revisions.accept(actor=officer, revision=revision, now=NOW)

    shown = product.photos.shown().in_order().values_list("pk", "position", "alt")
    assert list(shown) == [(third.pk, 1, ""), (second.pk, 2, "Tas biru")]
    assert stored_names(first) == []


def test_refused_photos_stay_as_they_were_and_what_is_taken_back_waits_no_longer() -> None:
    product = ProductFactory()
    first, second = (add(product, colour=colour)[0] for colour in COLOURS[:2])
    type(product.business.office).objects.update(sees_changes_first=True)
    owner, officer = owner_of(product), actor_of(OfficeMemberFactory(office=product.business.office))

    photos.remove_photo(actor=owner, photo=second, now=NOW)
    assert revisions.is_waiting(product)
    photos.keep_photo(actor=owner, photo=second, now=NOW)
    assert not revisions.is_waiting(product)

    revision = photos.place_photo(actor=owner, photo=second, position=1, now=NOW)
    assert revision is not None
    revisions.refuse(actor=officer, revision=revision, reason="Sampul lama lebih jelas.", now=NOW)
    assert order_of(product) == [first.pk, second.pk]


def test_photos_that_came_or_went_meanwhile_do_not_stand_in_the_way() -> None:
    product = ProductFactory()
    first, second, third = (add(product, colour=colour)[0] for colour in COLOURS[:3])
    type(product.business.office).objects.update(sees_changes_first=True)
    owner, officer = owner_of(product), actor_of(OfficeMemberFactory(office=product.business.office))
    revision = photos.place_photo(actor=owner, photo=third, position=1, now=NOW)
    assert revision is not None

    photos.remove_photo(actor=officer, photo=first, now=NOW)
    fourth, _ = add(product, officer, colour="white")
    revisions.accept(actor=officer, revision=revision, now=NOW)

    assert order_of(product) == [third.pk, second.pk, fourth.pk]


def test_a_hidden_photo_is_changed_at_once_and_a_field_beside_photos_waits_with_them() -> None:
    product = ProductFactory(name="Tas")
    first, second = (add(product, colour=colour)[0] for colour in COLOURS[:2])
    type(product.business.office).objects.update(sees_changes_first=True)
    owner = owner_of(product)
    hidden, _ = add(product, colour=COLOURS[2])

    photos.describe_photo(actor=owner, photo=hidden, alt="Tas hijau", now=NOW)
    photos.remove_photo(actor=owner, photo=hidden, now=NOW)
    assert order_of(product) == [first.pk, second.pk]

    photos.remove_photo(actor=owner, photo=first, now=NOW)
    revisions.change_product(
        actor=owner, product=product, version=product.version, changes={"name": "Tas anyam"}, now=NOW
    )
    waiting = product.revisions.get()
    assert (waiting.changes, waiting.photos) == ({"name": "Tas anyam"}, {"removed": [first.pk]})


def test_a_gap_that_an_import_left_does_not_stand_in_the_way() -> None:
    product = ProductFactory()
    first, second = (add(product, colour=colour)[0] for colour in ("red", "blue"))
    third, _ = add(product, colour="green")
    Photo.objects.filter(pk=second.pk).delete()

    fourth, _ = add(product, colour="black")

    photos_left = product.photos.in_order().values_list("pk", "position")
    assert list(photos_left) == [(first.pk, 1), (third.pk, 2), (fourth.pk, 3)]
