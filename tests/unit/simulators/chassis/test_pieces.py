"""Answers go out in one piece."""

import asyncio

from syncproof.simulators.chassis.pieces import Whole


class Transport:
    """Notes what is written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False
        self.name = "transport"

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def close(self) -> None:
        self.closed = True


async def _whole(transport: Transport) -> Whole:
    return Whole(transport, asyncio.get_running_loop())


def test_what_is_written_in_one_turn_is_one_piece():
    """Head and body of an answer wake the caller once; the next answer is a piece of its own."""
    transport = Transport()

    async def answer():
        whole = await _whole(transport)
        whole.write(b"head ")
        whole.write(b"body")
        assert transport.written == []
        await asyncio.sleep(0)
        whole.write(b"next")
        await asyncio.sleep(0)

    asyncio.run(answer())
    assert transport.written == [b"head body", b"next"]


def test_nothing_is_lost_when_the_connection_is_closed():
    """The last answer of a connection is written before it ends, and once."""
    transport = Transport()

    async def answer():
        whole = await _whole(transport)
        whole.write(b"last")
        whole.close()
        await asyncio.sleep(0)

    asyncio.run(answer())
    assert (transport.written, transport.closed) == ([b"last"], True)


def test_all_else_is_the_transports_own():
    async def name():
        return (await _whole(Transport())).name

    assert asyncio.run(name()) == "transport"
