"""Stands between lockroot and the practice account, spoils one call as it is told, and writes down what passed.

It knows HTTP and nothing of lockroot: so its faults are independent of those that the practice account can play itself, and
its log says what was sent and what took effect, whoever claims what.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

READS = ("Get", "List", "Describe", "Generate", "Lookup", "Simulate", "BatchGet", "AssumeRole")
HOLD = 8.0  # seconds after which a held call goes on, whether or not the end of the program has come
LATENCY = 3.0  # seconds, well below the time limit of a call
RESET = struct.pack("ii", 1, 0)


@dataclass
class Exchange:
    """One request: what it was, what AWS made of it, what lockroot got for it."""

    operation: str
    body: str
    at: float
    method: str = "POST"
    service: str = ""
    status: int | None = None  # AWS's; none: AWS never saw it
    answered: str = ""  # what lockroot got
    request_id: str = ""  # the one that lockroot got, if any
    code: str = ""

    @property
    def mutates(self) -> bool:
        """Whether it can change anything in the account."""
        return self.method != "GET" and not self.operation.startswith(READS)

    @property
    def took_effect(self) -> bool:
        """Whether AWS did it."""
        return self.status is not None and 200 <= self.status < 300


class Gone(Exception):
    """The connection is over."""


@dataclass
class Request:
    """A request as it came over the wire."""

    head: bytes
    body: bytes
    service: str
    operation: str
    method: str


class Proxy:
    """A proxy in front of `upstream`. `spoil` is asked for each call and may answer in AWS's place."""

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.log: list[Exchange] = []
        self.target: str | None = None
        self.fault: Fault | None = None
        self.times = 0
        self.before: Callable[[], None] = lambda: None
        self.chaos: Callable[[], Fault | None] = lambda: None  # for each call, a fault or none
        self.open = 0  # connections of lockroot's
        self.holding = False
        self.arrived, self.release = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Proxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        self.release.set()
        self._listener.close()

    def arm(self, target: str, fault: Fault, *, hold: bool = False, before: Callable[[], None] = lambda: None) -> None:
        """From now on the next call of `target` meets `fault`; with `hold` it waits until `release` is set."""
        self.arrived.clear()
        self.release.clear()
        self.target, self.fault, self.times, self.holding, self.before = target, fault, fault.times, hold, before

    def disarm(self) -> None:
        """No fault any more: the next session meets a healthy AWS."""
        self.target = None
        self.release.set()

    def _accept(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        upstream: Wire | None = None
        wire = Wire(client)
        self._count(1)
        try:
            while True:
                request = read_request(wire)
                upstream = upstream or Wire(socket.create_connection(self._upstream))
                self._exchange(wire, upstream, request)
        except (Gone, OSError):
            pass
        finally:
            self._count(-1)
            client.close()
            if upstream:
                upstream.socket.close()

    def _count(self, more: int) -> None:
        with self._lock:
            self.open += more

    def _exchange(self, wire: Wire, upstream: Wire, request: Request) -> None:
        body = request.body.decode(errors="replace")
        exchange = Exchange(request.operation, body, time.monotonic(), request.method, request.service)
        self.log.append(exchange)
        fault = self._fault_for(request)
        if fault is None:
            wire.socket.sendall(self._forward(upstream, request, exchange))
            exchange.answered = "as AWS said it"
            return
        self.arrived.set()
        if self.holding:
            self.release.wait(HOLD)
        self.before()
        answer = self._forward(upstream, request, exchange) if fault.takes_effect else b""
        exchange.answered = fault.name
        exchange.request_id = ""
        fault.answer(wire, request, exchange, answer)

    def _fault_for(self, request: Request) -> Fault | None:
        with self._lock:
            if request.operation != self.target or self.times == 0:
                return self.chaos()
            self.times -= 1
            return self.fault

    def _forward(self, upstream: Wire, request: Request, exchange: Exchange) -> bytes:
        upstream.socket.sendall(request.head + request.body)
        head, body = upstream.message()
        exchange.status = int(head.split(b" ", 2)[1])
        found = re.search(rb"(?i)x-amzn-request-?id: *([^\r]+)", head)
        exchange.request_id = found[1].decode() if found else ""
        if exchange.status >= 400:
            code = re.search(rb"<Code>(\w+)</Code>", body) or re.search(rb"(?i)x-amzn-errortype: *(\w+)", head)
            exchange.code = code[1].decode() if code else ""
        return head + body


class Wire:
    """A connection on which whole HTTP messages are read."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket, self._rest = connection, b""

    def message(self) -> tuple[bytes, bytes]:
        """Head and body of the next message."""
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        wanted = int(length[1]) if length else 0
        while len(self._rest) < wanted:
            self._more()
        body, self._rest = self._rest[:wanted], self._rest[wanted:]
        return head + b"\r\n\r\n", body

    def until_gone(self) -> None:
        """Waits until the other side leaves."""
        try:
            while self.socket.recv(65536):
                pass
        except OSError:
            pass
        raise Gone

    def _more(self) -> None:
        more = self.socket.recv(65536)
        if not more:
            raise Gone
        self._rest += more


# The services that speak the query protocol, with the namespaces of their XML; and those whose calls are named in a header.
QUERY = {
    "iam": "https://iam.amazonaws.com/doc/2010-05-08/",
    "sts": "https://sts.amazonaws.com/doc/2011-06-15/",
    "sns": "http://sns.amazonaws.com/doc/2010-03-31/",
}
TARGETED = ("cloudtrail", "events")
# What services that speak JSON call errors that every call can meet, and what single services call them.
IN_JSON = {
    "Throttling": "ThrottlingException",
    "AccessDenied": "AccessDeniedException",
    "ExpiredToken": "ExpiredTokenException",
    "ServiceFailure": "InternalServerException",
}
SPELLED = {
    "account": {"Throttling": "TooManyRequestsException"},
    "sns": {"AccessDenied": "AuthorizationError", "ServiceFailure": "InternalError"},
}
# Calls that are named by method and path.
REST = {
    ("PUT", "analyzer"): "CreateAnalyzer",
    ("GET", "analyzer"): "ListAnalyzers",
    ("POST", "detector"): "CreateDetector",
    ("GET", "detector"): "ListDetectors",
    ("POST", "detector/*"): "UpdateDetector",
    ("GET", "detector/*"): "GetDetector",
    ("POST", "accounts"): "EnableSecurityHub",
    ("GET", "accounts"): "DescribeHub",
}


def read_request(wire: Wire) -> Request:
    """The next request, and which call it is: by the query protocol's Action, the target header, or the path."""
    head, body = wire.message()
    scope = re.search(rb"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", head)
    service = scope[3].decode() if scope else ""
    target = re.search(rb"(?i)x-amz-target: *(?:\w+\.)*(\w+)", head)
    form = dict(parse_qsl(body.decode(errors="replace"))) if b"Action=" in body[:4096] else {}
    method, path, _ = head.decode(errors="replace").split(" ", 2)
    path = path.strip("/").split("?")[0]
    first, _, rest = path.partition("/")
    named = REST.get((method, first + "/*" if rest else first)) or path[:1].upper() + path[1:]
    operation = form.get("Action") or (target[1].decode() if target else named)
    return Request(head, body, service, operation, method)


@dataclass
class Fault:
    """What goes wrong. `kind` says how the answer is made; the rest what a judge has to know."""

    name: str
    kind: str
    code: str = ""
    status: int = 0
    times: int = 1
    takes_effect: bool = False  # AWS does it all the same
    has_request_id: bool = False
    is_passed: bool = False  # one that lockroot is expected to get over by itself
    other: str = ""  # what the other client does: "conflict" or "ground", and when
    words: tuple[str, ...] = field(default=())

    def answer(self, wire: Wire, request: Request, exchange: Exchange, answer: bytes) -> None:
        """Says to lockroot what this fault says."""
        getattr(self, f"_{self.kind}")(wire, request, exchange, answer)

    def _pass(self, wire: Wire, _request: Request, exchange: Exchange, answer: bytes) -> None:
        wire.socket.sendall(answer)
        found = re.search(rb"(?i)x-amzn-request-?id: *([^\r]+)", answer)
        exchange.request_id = found[1].decode() if found else ""

    def _late(self, wire: Wire, request: Request, exchange: Exchange, answer: bytes) -> None:
        time.sleep(LATENCY)
        self._pass(wire, request, exchange, answer)

    def _refuse(self, wire: Wire, request: Request, exchange: Exchange, _answer: bytes) -> None:
        exchange.request_id = f"0dd5eed0-0000-4000-8000-{id(exchange) % 10**12:012d}"
        exchange.code = self.code_for(request.service)
        wire.socket.sendall(refusal(request.service, self.status, exchange.code, exchange.request_id))

    def _silence(self, wire: Wire, _request: Request, _exchange: Exchange, _answer: bytes) -> None:
        wire.until_gone()

    def _reset(self, wire: Wire, _request: Request, _exchange: Exchange, _answer: bytes) -> None:
        wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        raise Gone

    def _half(self, wire: Wire, _request: Request, _exchange: Exchange, answer: bytes) -> None:
        head, _, body = answer.partition(b"\r\n\r\n")
        if body:
            wire.socket.sendall(head + b"\r\n\r\n" + body[: len(body) // 2])
        else:
            wire.socket.sendall(head[: len(head) // 2])
        raise Gone

    def _page(self, wire: Wire, _request: Request, _exchange: Exchange, _answer: bytes) -> None:
        page = b"<!DOCTYPE html><html><head><title>Sign in to the guest network</title></head><body>Welcome</body></html>"
        wire.socket.sendall(http(200, {"Content-Type": "text/html"}, page))

    def code_for(self, service: str) -> str:
        """The code as the service spells it."""
        spelled = {} if service in QUERY else IN_JSON
        return (spelled | SPELLED.get(service, {})).get(self.code, self.code)


def refusal(service: str, status: int, code: str, request_id: str) -> bytes:
    """An error in the words of the service's protocol."""
    message = "Refused for a test."
    if service not in QUERY:
        # The services that name a call by its path tell the code in a header, those that name it in a header in the body.
        headers = {"Content-Type": "application/json", "x-amzn-errortype": code, "x-amzn-requestid": request_id}
        if service in TARGETED:
            headers["Content-Type"] = "application/x-amz-json-1.1"
            del headers["x-amzn-errortype"]
        body = json.dumps({"__type": code, "message": message})
        return http(429 if code == "TooManyRequestsException" else status, headers, body.encode())
    text = (
        f'<ErrorResponse xmlns="{QUERY[service]}"><Error><Type>Sender</Type>'
        f"<Code>{code}</Code><Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )
    return http(status, {"Content-Type": "text/xml", "x-amzn-RequestId": request_id}, text.encode())


def http(status: int, headers: dict[str, str], body: bytes) -> bytes:
    """An HTTP answer."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Answer\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body
