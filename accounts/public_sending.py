"""The answer to a public form that was sent: the next page, or the form again with what stands in the way."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from accounts.sending_limits import CAUGHT, TooManySendings, count_sending
from tradecontact.public_forms import PublicForm


def answer_sending(
    form: PublicForm, *, network: str, send: Callable[[], HttpResponse], show: Callable[[int], HttpResponse]
) -> HttpResponse:
    """Return what ``send`` returns for a valid form; else what ``show`` draws, given a status.

    A network that has sent as much as it may is told when to go on (429, in seconds in ``Retry-After``), and
    so is one whose forms were caught too often. Nothing that was typed is lost.
    """
    try:
        if form.is_valid():
            return send()
        if form.is_caught:
            count_sending(network=network, limit=CAUGHT, now=form.now)
    except TooManySendings as refusal:
        form.add_error(None, ValidationError(refusal.messages))
        response = show(HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(refusal.wait_seconds)
        return response
    except ValidationError as error:
        _put(form, error)
    return show(HTTPStatus.UNPROCESSABLE_ENTITY)


def _put(form: PublicForm, error: ValidationError) -> None:
    """Show an error beside its field, or above the form when the form has no such field."""
    is_of_fields = error.message_dict.keys() <= form.fields.keys() if hasattr(error, "error_dict") else False
    form.add_error(None, error if is_of_fields else ValidationError(error.messages))
