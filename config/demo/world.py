"""The world outside Siaga in miniature, on loopback ports of its own: an MQTT broker, an SMSC, a mail
server and a radio. The demo, the crash tests and the benchmarks all stand on it.

Everything started here ends with the program that started it.
"""
import atexit
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Trouble(Exception):
    """What could not be had, in a sentence a person can act on."""


def ports_for_servers():
    """Those the system gives to no outgoing connection: else a client, even one that asks for this very port,
    could have it when its server comes."""
    try:
        low, high = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    except OSError:
        low, high = 32768, 60999
    return range(10240, low) if low > 12288 else range(high + 1, 65536)


held_ports = []  # by a socket of a name of its own until this program ends: no other picks it meanwhile


def free_port():
    for _ in range(1000):
        port = random.choice(ports_for_servers())
        hold = socket.socket(socket.AF_UNIX)
        with socket.socket() as probe:
            try:
                hold.bind(f"\0siaga-port-{port}")
                probe.bind(("127.0.0.1", port))
            except OSError:
                hold.close()
                continue
        held_ports.append(hold)
        return port
    raise Trouble("no port of 127.0.0.1 is free")


def until(holds, seconds, what):
    """Waits for a condition; answers its value, or says what was waited for in vain."""
    deadline = time.monotonic() + seconds
    while True:
        value = holds()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Trouble(f"{what} did not happen within {seconds} s")
        time.sleep(0.02)


class Program:
    """A child process whose lines are read as they come."""

    def __init__(self, argv, heard=None, log=None, **options):
        self.argv = [str(word) for word in argv]
        self.lines, self.read_at = [], []  # read_at: time.monotonic() of each line
        self.heard = heard
        self.log = open(log, "ab", buffering=0) if log else None
        if shutil.which(self.argv[0]) is None:
            raise Trouble(f"{self.argv[0]} is not there; run: bash config/install.sh")
        self.process = subprocess.Popen(self.argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        stdin=subprocess.DEVNULL, **options)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        atexit.register(self.kill)

    def _read(self):
        for raw in self.process.stdout:
            at = time.monotonic()
            if self.log:
                self.log.write(raw)
            line = raw.decode(errors="replace").rstrip("\n")
            self.read_at.append(at)
            self.lines.append(line)
            if self.heard:
                self.heard(line)

    def line_with(self, part, seconds):
        def found():
            for line in self.lines:
                if part in line:
                    return line
            if self.process.poll() is not None and not self.reader.is_alive():
                raise Trouble(f"{self.argv[0]} ended:\n" + "\n".join(self.lines[-20:]))
            return None
        return until(found, seconds, f"'{part}' from {pathlib.Path(self.argv[0]).name}")

    def running(self):
        return self.process.poll() is None

    def stop(self, seconds=10):
        if self.running():
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        return self.process.returncode

    def kill(self):
        if self.running():
            self.process.kill()
        self.process.wait()
        self.reader.join(2)
        return self.process.returncode


def command(port, line):
    """One line to a test peer's control port; its one-line answer."""
    with socket.create_connection(("127.0.0.1", port), 5) as control:
        control.sendall(line.encode() + b"\n")
        control.settimeout(5)
        answer = b""
        while not answer.endswith(b"\n"):
            got = control.recv(4096)
            if not got:
                break
            answer += got
        return answer.decode().strip()


class World:
    """Broker, SMSC, mail server and radio; `build` holds the programs, `place` everything written."""

    def __init__(self, build, place):
        self.build = pathlib.Path(build)
        self.place = pathlib.Path(place)
        self.place.mkdir(parents=True, exist_ok=True)
        self.mqtt_port = free_port()
        self.http_port = free_port()
        self.sms, self.mails = [], []
        self.on_sms = self.on_mail = lambda message: None
        self.on_ptt = lambda keyed: None
        self.broker = self.smsc = self.mailsink = self.rig = self.siaga = None
        self.smsc_port = self.smsc_control = self.mail_port = self.mail_control = None
        self.rig_port = free_port()

    @property
    def mqtt_url(self):
        return f"mqtt://127.0.0.1:{self.mqtt_port}"

    @property
    def config(self):
        return self.place / "siaga.toml"

    # The broker forgets nothing over a restart, as the shipped profile has it.
    def start_broker(self, extra=""):
        config = self.place / "mosquitto.conf"
        data = self.place / "broker"
        data.mkdir(exist_ok=True)
        os.chmod(data, 0o777)
        config.write_text(f"listener {self.mqtt_port} 127.0.0.1\nallow_anonymous true\n"
                          f"persistence true\npersistence_location {data}/\n"
                          "max_queued_messages 0\nset_tcp_nodelay true\n"
                          f"log_dest stderr\n{extra}")
        mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        self.broker = Program([mosquitto, "-c", config], log=self.place / "broker.log")
        self.broker.line_with(" running", 10)  # that the port answers could be another world's broker

    def listen(self, *topics, heard, form="%t %p"):
        """What the broker carries on these topics, each line in `form`; from its SUBACK on."""
        filters = [word for topic in topics for word in ("-t", topic)]
        ear = Program(["stdbuf", "-oL", "mosquitto_sub", "-d", "-V", "5", "-h", "127.0.0.1",
                       "-p", self.mqtt_port, "-q", "1", "-F", "> " + form, *filters],
                      heard=lambda line: line.startswith("> ") and heard(line[2:]),
                      log=self.place / "listener.log")
        ear.line_with("Subscribed (", 10)
        return ear

    def _answers(self, port):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        except OSError:
            return False

    def start_smsc(self, *options, port=None):
        program = Program([self.build / "siaga_test_smsc", "--port", port or free_port(), *options],
                          heard=self._heard_sms, log=self.place / "smsc.log")
        self.smsc = program
        self.smsc_port = int(re.search(r"listening (\d+)", program.line_with("listening", 10))[1])
        self.smsc_control = int(re.search(r"control (\d+)", program.line_with("control", 10))[1])

    def _heard_sms(self, line):
        if not line.startswith("{"):
            return
        said = json.loads(line)
        if said.get("event") == "message":
            self.sms.append(said)
            self.on_sms(said)

    def start_mail(self, *options, port=None):
        program = Program([self.build / "siaga_test_mailsink", "--port", port or free_port(), *options],
                          heard=self._heard_mail, log=self.place / "mail.log")
        self.mailsink = program
        self.mail_port = int(re.search(r"listening (\d+)", program.line_with("listening", 10))[1])
        self.mail_control = int(re.search(r"control (\d+)", program.line_with("control", 10))[1])

    def _heard_mail(self, line):
        if not line.startswith("{"):
            return
        mail = json.loads(line)
        if "rcpt" in mail:
            self.mails.append(mail)
            self.on_mail(mail)

    def start_rig(self):
        self.rig = Program(["rigctld", "-m", "1", "-P", "RIG", "-t", self.rig_port, "-T", "127.0.0.1", "-vv"],
                           heard=self._heard_rig, log=self.place / "rig.log")
        until(lambda: self._answers(self.rig_port), 10, "rigctld's port")

    def _heard_rig(self, line):
        """rigctld's own word that it keys or lets go."""
        said = re.search(r"set_ptt: ptt=(\d)", line)
        if said:
            self.on_ptt(said[1] != "0")

    def start_siaga(self, ready=True, environment=None, prefix=()):
        env = dict(os.environ, **(environment or {}))
        self.siaga = Program([*prefix, self.build / "siaga", "run", "--config", self.config],
                             log=self.place / "siaga.log", env=env)
        if ready:
            self.siaga.line_with("ready", 20)
        return self.siaga

    def siaga_command(self, *words, check=True):
        done = subprocess.run([str(self.build / "siaga"), *map(str, words), "--config", str(self.config)],
                              capture_output=True, text=True)
        if check and done.returncode != 0:
            raise Trouble(f"siaga {' '.join(map(str, words))} answered {done.returncode}: "
                          f"{done.stdout}{done.stderr}")
        return done

    def json(self, *words):
        return json.loads(self.siaga_command(*words, "--format", "json").stdout)

    def stop(self):
        for program in (self.siaga, self.smsc, self.mailsink, self.rig, self.broker):
            if program:
                program.stop(12)
