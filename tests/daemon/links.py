#!/usr/bin/python3
"""The answer page and the probes of the real gateway, while somebody holds its connections or guesses codes.

usage: links.py BUILD_DIR
"""
import concurrent.futures
import contextlib
import http.client
import re
import socket
import ssl
import subprocess
import time
import urllib.parse

from daemon import Agency, alert, expect, expect_in, get, main, metric, until, world_of
from world import free_port

SILENT = "127.0.0.2"  # where the silent client is, beside all others


@contextlib.contextmanager
def mail_world(build, officers, web=""):
    """A world of `officers` who are told by mail; every one's answer is wanted. `web` is more of [http]."""
    with world_of(build) as world:
        world.start_mail()
        names = [f"p{i}" for i in range(officers)]
        (world.place / "directory.toml").write_text(
            "".join(f'[[officer]]\nid = "{name}"\nname = "Petugas {name}"\nagency = "polres"\n'
                    f'email = "{name}@polres-bontang.example"\n\n' for name in names) +
            '[[team]]\nid = "semua"\nmembers = [' + ", ".join(f'"{name}"' for name in names) + "]\n")
        text = world.config.read_text()
        text = re.sub(r"\[channel\.sms\]\n.*?(?=\n\[)", "[channel.email]\nkind = \"smtp\"\n"
                      f'url = "smtp://127.0.0.1:{world.mail_port}"\nfrom = "siaga@bontang.example"', text, flags=re.S)
        text = text.replace('channels = ["sms"]', 'channels = ["email"]')
        text = text.replace('id = "semua"\nsteps', f'id = "semua"\nacks_needed = {officers}\nsteps')
        world.config.write_text(text.replace("[http]\n", f"[http]\n{web}"))
        yield world


def mailed(world, officers):
    """One alert is raised; who has which link, and the code."""
    world.start_siaga()
    agency = Agency(world)
    agency.publish("uji-1", alert("uji-1", "Uji satu"))
    agency.press_on(20)
    until(lambda: len(world.mails) >= officers, 60, "the mails")
    links = {re.match(r"<?(p\d+)@", mail["rcpt"][0])[1]: re.search(r"/a/[\w-]+", mail["text"])[0]
             for mail in world.mails}
    expect(len(links), officers, "links")
    return links, agency.receipts["uji-1"][0]["code"]


def press(world, link, code):
    """Status and page of one answer, on a connection of its own, as a phone has it."""
    connection = http.client.HTTPConnection("127.0.0.1", world.http_port, timeout=20)
    try:
        connection.request("GET", link)
        connection.getresponse().read()
        connection.request("POST", link, urllib.parse.urlencode({"answer": "accepted", "code": code}))
        reply = connection.getresponse()
        return reply.status, reply.read().decode()
    finally:
        connection.close()


class SilentClient:
    """Keeps `count` connections and says nothing; what is closed is opened again at once."""

    def __init__(self, port, count):
        self.port, self.count = port, count
        self.sockets = []

    def hold(self):
        self.sockets = [one for one in self.sockets if self._stands(one)]
        while len(self.sockets) < self.count:
            self.sockets.append(socket.create_connection(("127.0.0.1", self.port), 5, (SILENT, 0)))

    @staticmethod
    def _stands(one):
        one.setblocking(False)
        try:
            return one.recv(1) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self):
        for one in self.sockets:
            one.close()


@contextlib.contextmanager
def held(world, count):
    """A silent client at work in the background."""
    client = SilentClient(world.http_port, count)
    client.hold()
    with concurrent.futures.ThreadPoolExecutor(1) as beside:
        working = [True]

        def work():
            while working[0]:
                client.hold()
                time.sleep(0.05)
        job = beside.submit(work)
        try:
            yield client
        finally:
            working[0] = False
            job.result()
            client.close()


def other_than(code):
    """A well-formed code that is not this one; alerts have one of a thousand."""
    return "0000" if code != "0000" else "0013"


def officers_behind_one_address(build):
    """200 officers behind one address, from which wrong codes came, answer within 60 s beside 64 silent ones"""
    with mail_world(build, 200, "connections_max = 64\n") as world:
        links, code = mailed(world, 200)
        with held(world, 64), concurrent.futures.ThreadPoolExecutor(20) as phones:
            for name in list(links)[:100]:
                expect(press(world, links[name], other_than(code))[0] in (400, 429), True, "a wrong code")
            begun = time.monotonic()
            statuses = [status for status, _ in phones.map(lambda link: press(world, link, code), links.values())]
            took = time.monotonic() - begun
            expect(get(world, "/healthz")[0], 200, "/healthz beside them")
        expect(statuses, [200] * 200, "what they were told")
        print(f"        200 answers took {took:.1f} s")
        expect(took < 60, True, "within 60 s")
        expect(len(world.json("acks")), 200, "answers on record")


def silent_sockets(build):
    """Silent connections, as many as there may be, keep neither the page nor health out, and each goes after 5 s"""
    with mail_world(build, 1) as world:
        links, code = mailed(world, 1)
        with held(world, 600):
            for _ in range(20):
                begun = time.monotonic()
                expect(get(world, "/healthz")[0], 200, "/healthz")
                expect(time.monotonic() - begun < 2, True, "at once")
            expect(metric(world, "siaga_http_evicted_total") > 0, True, "evictions counted")
            expect(press(world, links["p0"], code)[0], 200, "the answer")
        alone = socket.create_connection(("127.0.0.1", world.http_port), 5)
        alone.settimeout(10)
        begun = time.monotonic()
        expect(alone.recv(1), b"", "a silent connection")
        expect(4 < time.monotonic() - begun < 8, True, "about five seconds")


def rows(world, kind):
    return [row for row in world.json("log", "show") if row["kind"] == kind]


def locked_over_a_restart(build):
    """A flood of wrong codes writes one row, and the link is still locked after a restart, and says until when"""
    with mail_world(build, 2) as world:
        links, code = mailed(world, 2)
        first, other = links["p0"], links["p1"]
        before = len(world.json("log", "show"))
        statuses = [press(world, first, other_than(code))[0] for _ in range(500)]
        expect(statuses[:4], [400] * 4, "the first four")
        expect(set(statuses[4:]), {429}, "the others")
        until(lambda: rows(world, "link-locked"), 10, "the row")
        expect(len(world.json("log", "show")) - before <= 5, True, "few rows")
        status, page = press(world, first, code)
        expect(status, 429, "the right code at a locked link")
        until_when = re.search(r"sampai ([^.<]+)\.", page)[1]
        expect(world.siaga.stop(20), 0, "stop")
        world.start_siaga()
        status, page = press(world, first, code)
        expect(status, 429, "after the restart")
        expect_in(f"sampai {until_when}.", page)
        expect(press(world, other, code)[0], 200, "the other officer's link")
        expect(len(rows(world, "link-locked")), 1, "rows of one lock")
        expect(world.siaga_command("log", "verify").returncode, 0, "log verify")


def where_probes_are(build):
    """Beyond this machine /healthz and /metrics answer 404, check says what to set, and probes has them"""
    with world_of(build) as world:
        open_to_all = world.config.read_text().replace('listen = "127.0.0.1:', 'listen = "0.0.0.0:')
        world.config.write_text(open_to_all)
        expect_in("set probes", world.siaga_command("check").stdout)
        world.start_siaga()
        for path in ("/healthz", "/metrics"):
            expect(get(world, path)[0], 404, path)
        expect(world.siaga.stop(20), 0, "stop")
        probes = free_port()
        world.config.write_text(open_to_all.replace("[http]\n", f'[http]\nprobes = "127.0.0.1:{probes}"\n'))
        expect("set probes" in world.siaga_command("check").stdout, False, "the advice is followed")
        world.start_siaga()
        public, world.http_port = world.http_port, probes
        expect(get(world, "/healthz")[0], 200, "/healthz at probes")
        expect_in("siaga_", get(world, "/metrics")[1])
        expect(get(world, "/a/x")[0], 404, "no page at probes")
        world.http_port = public
        expect(get(world, "/healthz")[0], 404, "/healthz where browsers are")


def by_tls(build):
    """With a certificate the page is served by TLS alone"""
    with mail_world(build, 1, 'cert_file = "web.pem"\nkey_file = "web.key"\nprobes = "127.0.0.1:%d"\n'
                    % free_port()) as world:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-nodes", "-days", "1", "-subj", "/CN=siaga", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-keyout", world.place / "web.key", "-out", world.place / "web.pem"],
                       check=True, capture_output=True)
        links, code = mailed(world, 1)
        trusting = ssl.create_default_context(cafile=str(world.place / "web.pem"))
        phone = http.client.HTTPSConnection("127.0.0.1", world.http_port, timeout=10, context=trusting)
        phone.request("POST", links["p0"], urllib.parse.urlencode({"answer": "accepted", "code": code}))
        reply = phone.getresponse()
        expect((reply.status, "Tercatat: SIAP" in reply.read().decode()), (200, True), "the answer")
        with socket.create_connection(("127.0.0.1", world.http_port), 5) as plain:
            plain.sendall(f"GET {links['p0']} HTTP/1.1\r\nHost: h\r\n\r\n".encode())
            plain.settimeout(10)
            with contextlib.suppress(ConnectionResetError):
                expect(b"HTTP/1.1" in plain.recv(4096), False, "words without TLS")


if __name__ == "__main__":
    main(officers_behind_one_address, silent_sockets, locked_over_a_restart, where_probes_are, by_tls)
