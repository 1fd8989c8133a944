"""How good, fair and fast the pairing engine is: ``python -m benchmarks.pairing``.

Every part is a module with ``measure() -> dict`` and ``lines(result)``, which yields what is printed.
"""
