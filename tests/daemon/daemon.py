"""What the daemon tests share: the real `siaga` beside a real broker and the test SMSC, and a list of
sentences that each hold or fail."""
import contextlib
import os
import pathlib
import re
import socket
import sys
import threading
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "crash"))
from alerts import Agency, Program, Trouble, World, alert, configure, scratch, until  # noqa: E402,F401  pylint: disable=wrong-import-position
from modem import Modem  # noqa: E402  pylint: disable=wrong-import-position

SKIPPED = 77
doing = [pathlib.Path(sys.argv[0]).stem]  # the test under way, for the name of what is kept of it


@contextlib.contextmanager
def world_of(build, broker_extra="", data_dir=None):
    """A world with broker and SMSC, configured, the gateway not yet started."""
    with scratch(build, "-".join(doing)) as place:
        world = World(build, place)
        world.start_broker(broker_extra)
        world.start_smsc()
        configure(world, data_dir or f"{place}/data")
        try:
            yield world
        finally:
            world.stop()


@contextlib.contextmanager
def world_with_modem(build, *options, more="", broker_extra=""):
    """A world whose channel sms is a GSM modem; `more` follows its settings."""
    with world_of(build, broker_extra) as world:
        modem = Modem(world.build, "--link", world.place / "modem", *options, log=world.place / "modem.log")
        text = world.config.read_text()
        sms = re.search(r"\[channel\.sms\]\n.*?(?=\n\[)", text, re.S)[0]
        world.config.write_text(text.replace(
            sms, f'[channel.sms]\nkind = "modem"\ndevice = "{world.place}/modem"\n{more}'))
        try:
            yield world, modem
        finally:
            if world.siaga:
                world.siaga.stop()
            modem.stop()


def get(world, path):
    """Status and body of one HTTP answer of the gateway."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{world.http_port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def retained(world, topic):
    """The retained message of a topic, or "" when there is none."""
    heard = []
    ear = world.listen(topic, heard=heard.append)
    try:
        until(lambda: heard, 1, "a retained message")
        return heard[0].partition(" ")[2]
    except Trouble:
        return ""
    finally:
        ear.kill()


class NotifySocket:
    """What systemd would hear."""

    def __init__(self, path):
        name = f"siaga-{os.getpid()}-{path}"[:90]  # abstract: a build folder's path may be too long
        self.path, self.said = f"@{name}", []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(f"\0{name}")
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        while True:
            self.said += self.socket.recv(4096).decode().splitlines()

    def count(self, word):
        return sum(line.startswith(word) for line in self.said)

    def hears(self, word, seconds=10, more_than=0):
        until(lambda: self.count(word) > more_than, seconds, f"'{word}' to the service manager")


def main(*tests):
    """Runs each test with the build folder; a test is a sentence in its docstring."""
    failures = 0
    for test in tests:
        sentence = test.__doc__.split("\n", 1)[0]
        doing[1:] = [test.__name__]
        try:
            test(sys.argv[1])
            print(f"ok      {sentence}", flush=True)
        except (Trouble, AssertionError) as trouble:
            failures += 1
            print(f"FAILED  {sentence}\n        {trouble}", flush=True)
    sys.exit(1 if failures else 0)


def expect(value, wanted, about=""):
    if value != wanted:
        raise Trouble(f"{about}: wanted {wanted!r}, was {value!r}")


def expect_in(part, text):
    if part not in text:
        raise Trouble(f"wanted {part!r} in {text!r}")
