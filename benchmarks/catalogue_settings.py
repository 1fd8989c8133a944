"""The portal's settings for the benchmark of the catalogue: each answer tells how long the worker took."""

from tradecontact.settings import *  # noqa: F403
from tradecontact.settings import MIDDLEWARE

MIDDLEWARE = ["benchmarks.server_timing.ServerTimingMiddleware", *MIDDLEWARE]
