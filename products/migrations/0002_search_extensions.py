"""Trigram similarity and accent folding for the catalogue search."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]

    operations = [TrigramExtension(), UnaccentExtension()]
