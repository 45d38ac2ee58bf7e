"""The table of what goes wrong, and the table of how the program is ended while it does."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass

from proxy import Fault
from session import Session

LONG = 1000  # times: more than any patience

FAULTS = [
    Fault("none", "pass", takes_effect=True, is_passed=True),
    Fault("throttled once", "refuse", "Throttling", 400, has_request_id=True, is_passed=True),
    Fault("throttled for long", "refuse", "Throttling", 400, times=LONG, has_request_id=True),
    Fault("500", "refuse", "ServiceFailure", 500, has_request_id=True),
    Fault("503", "refuse", "ServiceUnavailable", 503, has_request_id=True),
    Fault("500 after it took effect", "refuse", "ServiceFailure", 500, takes_effect=True, has_request_id=True),
    Fault("silence", "silence"),
    Fault("silence after it took effect", "silence", takes_effect=True),
    Fault("reset before", "reset"),
    Fault("reset after it took effect", "reset", takes_effect=True),
    Fault("latency", "late", takes_effect=True, is_passed=True),
    Fault("access denied", "refuse", "AccessDenied", 403, has_request_id=True),
    Fault("expired token", "refuse", "ExpiredToken", 403, has_request_id=True),
    Fault("truncated answer", "half", takes_effect=True),
    Fault("200 that is no answer", "page"),
    Fault("conflict at the review", "pass", takes_effect=True, other="conflict at review"),
    Fault("conflict in the gap", "pass", takes_effect=True, other="conflict in the gap"),
    Fault("ground moved at the review", "pass", takes_effect=True, other="ground at review"),
]


@dataclass
class End:
    """A way in which the program is ended, or stopped, while the call is on its way."""

    name: str
    make: Callable[[Session], None]
    goes_on: bool = False  # the same session goes on
    may_vanish: bool = False  # nothing can be said or remembered any more by the program


ENDS = [
    End("none", lambda session: None, goes_on=True),
    End("kill -9", lambda session: session.signal(signal.SIGKILL), may_vanish=True),
    End("SIGTERM", lambda session: session.signal(signal.SIGTERM)),
    End("SIGHUP", lambda session: session.signal(signal.SIGHUP)),
    End("SIGINT", lambda session: session.signal(signal.SIGINT)),
    End("Ctrl-Z, continue", lambda session: session.stop_and_continue(), goes_on=True),
    End("closed terminal", lambda session: session.hang_up(), may_vanish=True),
]
