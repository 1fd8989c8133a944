"""Believable rows in any number, to see how the portal does when it is large."""
