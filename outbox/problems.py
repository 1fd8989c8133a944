"""Why a message could not be sent, in the same words for every way out."""

from outbox.models import Message


class NotSent(Exception):
    """The message did not go, or nobody knows whether it did.

    ``is_final`` says that trying again is of no use: the address does not exist.
    """

    def __init__(self, problem: Message.Problem, said: str = "", *, is_final: bool = False) -> None:
        super().__init__(problem, said)
        self.problem, self.said, self.is_final = problem, said, is_final
