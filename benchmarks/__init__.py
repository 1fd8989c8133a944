"""Measurements of the house: each module is run alone, `make bench` runs all."""
