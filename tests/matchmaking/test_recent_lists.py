"""The lists that a process remembers, shared by the threads of a server."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLong

import pytest

from matchmaking import recent_lists
from matchmaking.engine import propose
from tests.matchmaking.engine.market import contact, firm, offer, wish

MARKET = contact(firm(1), firm(2, region="33.72"), offer(1, 1), wish(1, 2))


def test_threads_touch_the_remembered_lists_one_after_the_other() -> None:
    with ThreadPoolExecutor(1) as pool:
        with recent_lists._lock:
            waiting = pool.submit(recent_lists.list_of, -1, MARKET)
            with pytest.raises(TooLong):
                waiting.result(timeout=0.3)

        assert waiting.result() == propose(MARKET)


def test_list_is_computed_without_holding_the_others_up() -> None:
    held = list[bool]()

    recent_lists.list_of(-2, MARKET, lambda done, total: held.append(recent_lists._lock.locked()))

    assert set(held) == {False}
