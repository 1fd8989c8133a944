"""Forms of the catalogue: text into values, and what to enter instead."""
