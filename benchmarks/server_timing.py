"""A Server-Timing header on each answer: milliseconds inside the worker, queries, and their milliseconds."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse


class ServerTimingMiddleware:
    """Stands before all others, so that it measures everything but gunicorn and the wire."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        queries: list[float] = []

        def measured(execute: Callable[..., Any], *arguments: Any) -> Any:
            started = time.perf_counter()
            try:
                return execute(*arguments)
            finally:
                queries.append(time.perf_counter() - started)

        started, worked = time.perf_counter(), time.thread_time()
        with connection.execute_wrapper(measured):
            response = self.get_response(request)
        total, worked = time.perf_counter() - started, time.thread_time() - worked
        response["Server-Timing"] = (
            f"total;dur={total * 1000:.2f}, python;dur={worked * 1000:.2f}, "
            f"sql;dur={sum(queries) * 1000:.2f};desc={len(queries)}"
        )
        return response
