#!/usr/bin/python3
"""Peers that flood and never read, and the memory of the gateway meanwhile.

usage: flood.py BUILD_DIR
"""
import re
import socket
import struct
import threading
import time

from daemon import Agency, alert, expect, get, main, until, world_of

GROWTH_MAX = 24 * 1024 * 1024


def resident(world):
    with open(f"/proc/{world.siaga.process.pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+) kB", status.read())[1]) * 1024


class FloodingSmsc(threading.Thread):
    """Takes the bind, then asks without end and never reads."""

    def __init__(self, command):
        super().__init__(daemon=True)
        self.flood = struct.pack(">IIII", 16, command, 0, 1) * 4000
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.binds = self.said = 0
        self.start()

    def run(self):
        while True:
            link, _ = self.listener.accept()
            bind = link.recv(1024)
            if len(bind) < 16:
                continue
            body = b"FLOOD\0"
            link.sendall(struct.pack(">IIII", 16 + len(body), 0x80000009, 0, struct.unpack(">I", bind[12:16])[0]) + body)
            self.binds += 1
            try:
                while True:
                    self.said += link.send(self.flood)
            except OSError:
                link.close()


def stays_small(build, command):
    with world_of(build) as world:
        peer = FloodingSmsc(command)
        text = world.config.read_text()
        world.config.write_text(re.sub(rf"port = {world.smsc_port}\b", f"port = {peer.port}", text))
        world.start_siaga()
        until(lambda: peer.binds > 0, 10, "the bind")
        before = most = resident(world)
        end = time.monotonic() + 12  # more than two of its connections last
        while time.monotonic() < end:
            most = max(most, resident(world))
            time.sleep(0.05)
        print(f"        {peer.said / 1e6:.0f} MB offered in {peer.binds} binds, grew by {(most - before) / 1e6:.1f} MB")
        expect(most - before < GROWTH_MAX, True, f"grew by {(most - before) / 1e6:.0f} MB; small")
        expect(get(world, "/healthz")[0] in (200, 503), True, "health answers")
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)


def enquire_links(build):
    """An SMSC that sends enquire_link without end and never reads does not fill the memory"""
    stays_small(build, 0x15)


def unknown_commands(build):
    """An SMSC that sends unknown commands without end and never reads does not fill the memory"""
    stays_small(build, 0x77)


if __name__ == "__main__":
    main(enquire_links, unknown_commands)
