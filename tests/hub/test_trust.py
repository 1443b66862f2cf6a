"""Certificates and proxies: what the environment says about the way to the Hub."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.hub.test_failures import DAY, PATH, failure_of
from tests.hubserver import Fault, HubServer
from tui.hub.errors import Offline, Reason, Untrusted
from tui.periods import Period

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hub.conftest import MakeClient


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that nobody vouches for."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(cert), "-addext", "subjectAltName=IP:127.0.0.1"]
    try:
        subprocess.run(["openssl", "req", *kind, *files], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


async def test_a_certificate_that_nobody_vouches_for(
    make_client: MakeClient, certificate: ssl.SSLContext
) -> None:
    with HubServer({}, today=DAY, tls=certificate) as hub:
        error = await failure_of(make_client(endpoint=hub.url))
    assert type(error) is Untrusted
    assert "certificate" in error.detail


async def test_a_certificate_that_the_environment_vouches_for(
    make_client: MakeClient,
    certificate: ssl.SSLContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with HubServer({}, today=DAY, tls=certificate) as hub:
        client = make_client(endpoint=hub.url)
        assert await client.papers(Period.day(DAY)) is not None
        await client.aclose()


async def test_tls_to_a_server_that_speaks_none(make_client: MakeClient) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await failure_of(make_client(endpoint=f"https://127.0.0.1:{port}"))
    assert type(error) is Untrusted


async def test_certificates_that_cannot_be_read(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/cert.pem")
    error = await failure_of(make_client())
    assert type(error) is Untrusted
    assert error.path == PATH


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "nonsense://x", "http://[::1"])
async def test_a_proxy_that_cannot_be_used(
    proxy: str, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    error = await failure_of(make_client())
    assert isinstance(error, Offline)
    assert (error.reason, error.path) == (Reason.PROXY, PATH)


async def test_a_proxy_that_refuses(
    make_client: MakeClient, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.fault(Fault.STATUS_403)
    monkeypatch.setenv("HTTPS_PROXY", hub.url)
    error = await failure_of(make_client())
    assert isinstance(error, Offline)
    assert error.reason is Reason.PROXY


async def test_the_proxy_is_asked_but_not_for_this_machine(
    make_client: MakeClient, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", hub.url)
    assert await make_client(endpoint="http://hub.invalid").papers(Period.day(DAY)) is not None
    assert [request.target for request in hub.requests] == [f"http://hub.invalid{PATH}"]
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert await make_client(endpoint=hub.url).papers(Period.day(DAY)) is not None
