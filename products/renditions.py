"""The smaller copies of photos: made by the queue after a photo is stored, and again by a sweep.

Until they are there, pages show the photo as kept. Making them any number of times is safe.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import task

from products import pictures
from products.models import Photo

ORPHAN_AGE = timedelta(days=1)  # a younger file may belong to a photo that is being stored
FOLDER = "foto"


@task()
def make_renditions_later(photo_id: int) -> bool:
    """Make the renditions of one photo in the queue."""
    return make_renditions(photo_id, now=timezone.now())


def make_renditions(photo_id: int, *, now: datetime) -> bool:
    """Make the renditions of a photo that has none; return whether they were made now.

    Nobody is shown a rendition before ``rendered_at`` is set, so that a run that breaks off leaves nothing
    behind but files that the next run replaces. Costs about 0.5 s.
    """
    photo = Photo.objects.filter(pk=photo_id, rendered_at=None).first()
    if photo is None:
        return False
    try:
        with default_storage.open(photo.file_name(photo.width)) as file:
            kept = file.read()
    except FileNotFoundError:
        return False  # the photo was removed while its job waited, or a backup lacks its file
    for width in _smaller_widths(photo):
        default_storage.save(photo.file_name(width), ContentFile(pictures.shrink(kept, width)))
    is_there = bool(Photo.objects.filter(pk=photo.pk).update(rendered_at=now))
    if not is_there:
        delete_files(photo.file_names)
    return is_there


def make_all_missing(*, now: datetime) -> int:
    """Make the renditions of every photo that lacks them, and return of how many."""
    waiting = Photo.objects.filter(rendered_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(make_renditions(photo_id, now=now) for photo_id in list(waiting))


def delete_orphans(*, now: datetime) -> int:
    """Delete files older than a day whose photo is gone, and return how many.

    Photos that go together with their product leave their files to this. Costs a listing of the storage.
    """
    tokens = set(Photo.objects.values_list("token", flat=True))
    names = [name for token, name in _stored_files() if token not in tokens]
    old = [name for name in names if default_storage.get_modified_time(name) < now - ORPHAN_AGE]
    delete_files(old)
    return len(old)


def delete_files(names: list[str]) -> None:
    """Delete files; one that is not there is no mistake."""
    for name in names:
        default_storage.delete(name)


def _smaller_widths(photo: Photo) -> list[int]:
    return [width for width in photo.rendition_widths if width != photo.width]


def _stored_files() -> Iterator[tuple[str, str]]:
    """Yield the token and the name of every file below the folder of photos."""
    for shelf in _folders(FOLDER):
        for token in _folders(f"{FOLDER}/{shelf}"):
            _folders_inside, files = default_storage.listdir(f"{FOLDER}/{shelf}/{token}")
            for file in files:
                yield token, f"{FOLDER}/{shelf}/{token}/{file}"


def _folders(path: str) -> list[str]:
    try:
        folders, _files = default_storage.listdir(path)
    except FileNotFoundError:  # no photo was ever stored
        return []
    return folders
