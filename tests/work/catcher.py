"""Servers that catch what is sent: a mail server that can fail on request, and a webhook's receiver."""

import asyncio
import email
import email.policy
from contextlib import asynccontextmanager


class MailCatcher:
    """Speaks enough SMTP to be given mails; `answers` are taken, one a mail, in the place of 250."""

    def __init__(self):
        self.mails = []
        self.answers = []
        self.port = 0

    async def serve(self, reader, writer):
        async def say(text):
            writer.write(f"{text}\r\n".encode())
            await writer.drain()

        await say("220 catcher")
        while line := await reader.readline():
            verb = line.decode().strip().upper().partition(" ")[0]
            if verb == "DATA":
                await say("354 go on")
                content = await reader.readuntil(b"\r\n.\r\n")
                answer = self.answers.pop(0) if self.answers else "250 kept"
                if answer == "hang up after keeping":
                    self.keep(content)
                    break
                if answer.startswith("250"):
                    self.keep(content)
                await say(answer)
            elif verb == "QUIT":
                await say("221 bye")
                break
            else:
                await say("250 catcher")

    def keep(self, content):
        body = content.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        self.mails.append(email.message_from_bytes(body, policy=email.policy.default))


class Receiver:
    """Keeps the requests it gets; answers what `answers` say, the last of them for ever. None: no answer."""

    def __init__(self):
        self.requests = []
        self.answers = ["200 OK"]
        self.port = 0

    async def serve(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.requests.append((lines[0], headers, body))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            # Until who asked has had enough.
            await reader.read()
        else:
            writer.write(f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
            await writer.drain()


@asynccontextmanager
async def catching(catcher):
    at_work: set[asyncio.Task] = set()

    async def serve(reader, writer):
        task = asyncio.current_task()
        assert task is not None
        at_work.add(task)
        try:
            await catcher.serve(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    catcher.port = server.sockets[0].getsockname()[1]
    try:
        yield catcher
    finally:
        server.close()
        await asyncio.gather(*at_work)
