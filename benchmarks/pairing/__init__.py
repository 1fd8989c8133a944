"""How good, fair and fast the pairing engine is, beside the methods of others."""


class DataMissing(Exception):
    """The real data is not in ``../shared/data/realdata``; the message names the file."""
