"""The lists that this process computed last, so that a veto or a look at one does not cost a whole list."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from matchmaking.engine import Proposals, propose
from matchmaking.engine.values import Contact

MOST_LISTS = 2
MOST_BUSINESSES = 2_000  # of a larger contact the list is not kept: it would take hundreds of megabytes

_recent: OrderedDict[int, Proposals] = OrderedDict()
_lock = Lock()  # the threads of a server share the lists; nobody computes while holding it


def list_of(
    trade_contact_id: int, contact: Contact, on_progress: Callable[[int, int], None] | None = None
) -> Proposals:
    """Return the proposals of a contact; what an earlier list of the same rows knows is not computed again.

    The rows decide, not the id: whatever changed in the database, the list is that of ``contact``.
    """
    with _lock:
        previous = _recent.get(trade_contact_id)
    listed = propose(contact, on_progress, previous=previous)
    if len(contact.firms) <= MOST_BUSINESSES:
        _remember(trade_contact_id, listed)
    return listed


def _remember(trade_contact_id: int, listed: Proposals) -> None:
    with _lock:
        _recent[trade_contact_id] = listed
        _recent.move_to_end(trade_contact_id)
        while len(_recent) > MOST_LISTS:
            _recent.popitem(last=False)
