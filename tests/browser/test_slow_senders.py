"""Who sends slowly keeps nobody else waiting."""

import socket
import urllib.request
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
SLOW = 3  # fewer than one web process has threads: all of them may meet the same one
HEAD = "POST /pruefung/ HTTP/1.1\r\nHost: {host}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n--x\r\n"


def test_forms_that_never_come_whole_stop_no_page(site: Site) -> None:
    address = urlsplit(site.url)
    assert address.hostname
    with ExitStack() as senders:
        for _ in range(SLOW):
            sender = senders.enter_context(socket.create_connection((address.hostname, address.port or 80)))
            sender.sendall(HEAD.format(host=address.netloc).encode())
        for _ in range(20):  # both web processes are met
            with urllib.request.urlopen(site.url + "/", timeout=10) as answer:
                assert answer.status == 200
