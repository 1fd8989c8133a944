"""The portal's own wording of every message: one file per subject, each with its ``TEXTS``."""
