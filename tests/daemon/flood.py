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


class FloodingBroker(threading.Thread):
    """Takes every connection, then says one packet over and over and never reads."""

    def __init__(self, packet):
        super().__init__(daemon=True)
        self.flood = packet * 4000
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.connections = self.said = 0
        self.start()

    def run(self):
        while True:
            link, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=[link], daemon=True).start()

    def serve(self, link):
        try:
            link.recv(4096)
            link.sendall(bytes([0x20, 3, 0, 0, 0]))
            self.connections += 1
            while True:
                self.said += link.send(self.flood)
        except OSError:
            link.close()


def floods_of_the_broker(build):
    """A broker that floods and never reads does not fill the memory"""
    topic = b"siaga/alert/polres"
    body = len(topic).to_bytes(2, "big") + topic + bytes([0, 7, 0]) + b"x" * 20
    for packet in (bytes([0xD0, 0]), bytes([0x62, 2, 0, 7]), bytes([0x50, 2, 0, 7]),
                   bytes([0x32, len(body)]) + body):
        with world_of(build) as world:
            broker = FloodingBroker(packet)
            text = world.config.read_text()
            world.config.write_text(text.replace(world.mqtt_url, f"mqtt://127.0.0.1:{broker.port}"))
            world.start_siaga(ready=False)
            until(lambda: broker.connections > 0, 10, "a connection")
            before = most = resident(world)
            end = time.monotonic() + 6
            while time.monotonic() < end and broker.said < 50e6:
                most = max(most, resident(world))
                time.sleep(0.05)
            print(f"        packet {packet[0]:02x}: {broker.said / 1e6:.0f} MB in {broker.connections} connections, "
                  f"grew by {(most - before) / 1e6:.1f} MB")
            expect(most - before < GROWTH_MAX, True, f"grew by {(most - before) / 1e6:.0f} MB; small")


if __name__ == "__main__":
    main(enquire_links, unknown_commands, floods_of_the_broker)
