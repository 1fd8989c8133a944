"""Middleware that knows no app."""

from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render


class RefuseNulBytesMiddleware:
    """Answer 400 to a NUL byte in the path, the query or a form, which PostgreSQL cannot store."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in unquote(request.META.get("QUERY_STRING", "")) or "\x00" in request.path_info:
            return HttpResponseBadRequest(render(request, "400.html").content)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: object) -> HttpResponse | None:
        values = (value for _, values in request.POST.lists() for value in values)
        if any("\x00" in str(value) for value in values):
            return render(request, "400.html", status=400)
        return None


class SameForAllMiddleware:
    """Let shared caches keep one copy of what is public and never changes, whoever asks in what language.

    Inner middleware names cookies and languages in ``Vary`` for every answer; a cache would then keep a copy
    for each visitor. Only a view that has made sure that everybody may see its answer calls it ``immutable``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kept = {word.strip() for word in response.get("Cache-Control", "").split(",")}
        if {"public", "immutable"} <= kept and not response.cookies:
            for name in ("Vary", "Content-Language"):
                response.headers.pop(name, None)
        return response


class CompressTextMiddleware(GZipMiddleware):
    """Compress pages; photos are as small as they get, so that trying only takes time."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)
