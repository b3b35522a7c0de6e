"""Requests go out in one piece over connections that are kept."""

import socket
import threading

import pytest

from syncproof.transport import RecordingSession

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@pytest.fixture
def listener():
    """Answers every piece that it reads as if it were a whole request, and keeps connections open."""
    pieces, connections = [], []
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            connections.append(connection)
            while piece := connection.recv(65536):
                pieces.append(piece)
                connection.sendall(ANSWER)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", pieces, connections
    for connection in connections:
        connection.close()
    server.shutdown(socket.SHUT_RDWR)
    server.close()


def test_head_and_body_wake_the_system_once(listener, recorder):
    """Each piece would wake it, for nothing but waiting on the next."""
    url, pieces, _ = listener
    with RecordingSession("erp", url, recorder) as session:
        session.post("/orders", json={"id": "O1"})
        session.post("/orders", json={"id": "O2"})
        session.get("/orders")
    assert [piece.partition(b"\r\n\r\n")[2] for piece in pieces] == [b'{"id":"O1"}', b'{"id":"O2"}', b""]


def test_calls_share_one_connection(listener, recorder):
    """A connection per call would cost more than the call."""
    url, pieces, connections = listener
    with RecordingSession("erp", url, recorder) as session:
        for _ in range(3):
            session.get("/orders")
    assert (len(pieces), len(connections)) == (3, 1)
