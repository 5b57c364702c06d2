"""Notice basic auth in front of the API. It takes the header that a phone's token needs."""

from __future__ import annotations

import logging

# So many calls with a password, and none with a token, show it.
TELLING_CALLS = 5

log = logging.getLogger("hearth")


class BasicAuthInFront:
    """Notice basic auth that keeps every token out. Log it once."""

    def __init__(self) -> None:
        self._is_watching = True
        self._count = 0

    def note(self, authorization: str) -> None:
        """Count a call. `authorization` is the value of its header, or an empty string."""
        if not self._is_watching:
            return
        scheme = authorization.partition(" ")[0].lower()
        # A browser sends its password wherever it could be wanted. A token that comes all the same
        # shows that nothing is in its way.
        self._is_watching = scheme != "bearer"
        self._count += scheme == "basic"
        if self._count == TELLING_CALLS:
            self._is_watching = False
            log.warning(
                "phones come with a password and never with a token, so none is backed up: leave "
                "/api/ out of the basic auth in front of Hearth"
            )
