#!/usr/bin/python3
"""A mail server on loopback for the tests (python3-aiosmtpd).

mail_server.py FOLDER [--port PORT] [--tls starttls|implicit] [--login NAME:PASSWORD]

Prints its port, and keeps what it takes as FOLDER/NUMBER.eml, after two lines of its own: from whom
and to whom. With --tls it makes FOLDER/cert.pem first. What it does goes by the recipient:

    refused@   is refused for good (550)
    grey@      is put off at its first try (451)
    full@      is refused after the message (552)
    dies@      the first message is taken, and the connection ends without an answer
    slow@      the answer comes when there is a file FOLDER/go
"""
import argparse
import asyncio
import os
import ssl
import subprocess

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    def __init__(self, folder):
        self.folder = folder
        self.seen = set()
        self.count = 0

    def first_time(self, address):
        new = address not in self.seen
        self.seen.add(address)
        return new

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 5.1.1 nobody of that name"
        if address.startswith("grey@") and self.first_time(address):
            return "451 4.7.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def keep(self, envelope):
        self.count += 1
        name = os.path.join(self.folder, f"{self.count}.eml")
        with open(name + ".new", "wb") as file:
            file.write(f"{envelope.mail_from}\n{','.join(envelope.rcpt_tos)}\n".encode())
            file.write(envelope.original_content)
        os.rename(name + ".new", name)

    async def handle_DATA(self, server, session, envelope):
        to = envelope.rcpt_tos[0]
        if to.startswith("full@"):
            return "552 5.2.2 no room"
        if to.startswith("slow@"):
            open(os.path.join(self.folder, "asked"), "w").close()
            while not os.path.exists(os.path.join(self.folder, "go")):
                await asyncio.sleep(0.02)
        self.keep(envelope)
        if to.startswith("dies@") and self.first_time(to):
            server.transport.abort()
        return "250 kept"


def certificate(folder):
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, stderr=subprocess.DEVNULL)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["starttls", "implicit"])
    parser.add_argument("--login")
    options = parser.parse_args()
    handler = Handler(options.folder)
    context = certificate(options.folder) if options.tls else None

    def authenticate(server, session, envelope, mechanism, data):
        given = (data.login + b":" + data.password).decode()
        return AuthResult(success=given == options.login, handled=False)

    def protocol():
        login = {"authenticator": authenticate, "auth_required": True,
                 "auth_require_tls": False} if options.login else {}
        starttls = {"tls_context": context, "require_starttls": True} \
            if options.tls == "starttls" else {}
        return SMTP(handler, hostname="mail.example", enable_SMTPUTF8=False, **login, **starttls)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, "127.0.0.1", options.port,
                                      ssl=context if options.tls == "implicit" else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
