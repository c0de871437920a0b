"""A city: the Bontang profile with twenty agencies, and the shipped broker profile with TLS, certificates and
ACL, on ports of this test's own."""
import contextlib
import pathlib
import re
import shutil
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "crash"))
from alerts import Program, Trouble, World, scratch, until  # noqa: E402  pylint: disable=wrong-import-position
from world import free_port  # noqa: E402  pylint: disable=wrong-import-position

ROOT = pathlib.Path(__file__).resolve().parents[2]
BONTANG = ROOT / "config" / "bontang"
PROFILE = ROOT / "config" / "mosquitto"
NAMED = re.findall(r'(?m)^\[\[agency\]\]\nid = "([^"]+)"', (BONTANG / "siaga.toml").read_text())
HEARD = ["polres"]  # its identity is its client id, so what listens beside it has an identity of its own
AGENCIES = NAMED + [f"dinas-{number}" for number in range(1, 21 - len(NAMED))]


def tool(name):
    return shutil.which(name) or f"/usr/sbin/{name}"


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


def certify(place, authority, names):
    """A CA of its own and a certificate for each name."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    ca = place / f"{authority}.crt", place / f"{authority}.key"
    openssl("req", "-x509", *key, "-days", 2, "-subj", f"/CN=Test {authority}", "-keyout", ca[1], "-out", ca[0])
    extensions = place / "names"
    extensions.write_text("subjectAltName=IP:127.0.0.1\n")
    for name in names:
        openssl("req", *key, "-subj", f"/CN={name}", "-keyout", place / f"{name}.key", "-out", place / f"{name}.csr")
        openssl("x509", "-req", "-days", 2, "-in", place / f"{name}.csr", "-CA", ca[0], "-CAkey", ca[1],
                "-CAcreateserial", "-extfile", extensions, "-out", place / f"{name}.crt")


class City(World):
    """The world of one city; `start` starts everything, again after a stop."""

    def __init__(self, build, place):
        super().__init__(build, place)
        self.agencies_port, self.gateway_port, self.probes_port = free_port(), free_port(), free_port()
        self.over, self.reading = threading.Event(), threading.Event()

    @classmethod
    @contextlib.contextmanager
    def build(cls, build):
        with scratch(build, "city") as place:
            city = cls(build, place)
            try:
                yield city
            finally:
                city.over.set()
                city.stop()

    @property
    def store(self):
        return self.place / "data" / "siaga.db"

    def start_broker(self, extra=""):
        certs = self.place / "certs"
        certs.mkdir()
        certify(certs, "ca", ["server", *AGENCIES, *(f"ear-{name}" for name in HEARD)])
        certify(certs, "gateway-ca", ["siaga-gateway"])
        text = (PROFILE / "siaga.conf").read_text()
        for old, new in (("listener 8883", f"listener {self.agencies_port} 127.0.0.1"),
                         ("listener 8884", f"listener {self.gateway_port}"),
                         ("/etc/mosquitto/certs/", f"{certs}/"),
                         ("/etc/mosquitto/siaga.acl", f"{self.place}/siaga.acl")):
            text = text.replace(old, new)
        text = re.sub(r"(?m)^persistence_location .*", f"persistence_location {self.place}/broker/", text)
        acl = (PROFILE / "siaga.acl").read_text()
        ears = "".join(f"user ear-{name}\ntopic read siaga/receipt/{name}\n\n" for name in HEARD)
        (self.place / "siaga.acl").write_text(acl.replace("# Every agency, for", ears + "# Every agency, for", 1))
        (self.place / "broker").mkdir(exist_ok=True)
        config = self.place / "mosquitto.conf"
        config.write_text(f"{text}\nuser root\nlog_dest stderr\n{extra}")
        self.broker = Program([tool("mosquitto"), "-c", config], log=self.place / "broker.log")
        self.broker.line_with(" running", 10)

    def configure(self, flooding_smsc, more=""):
        self.start_broker()
        self.start_smsc()
        self.start_mail()
        for file in BONTANG.glob("*.toml"):
            shutil.copy(file, self.place / file.name)
        text = (BONTANG / "siaga.toml").read_text()
        certs = self.place / "certs"
        changes = ((r'(?m)^data_dir = .*', 'data_dir = "data"'),
                   (r'(?m)^url = "mqtt://.*', f'url = "mqtts://127.0.0.1:{self.gateway_port}"\nca_file = "{certs}/ca.crt"\n'
                    f'cert_file = "{certs}/siaga-gateway.crt"\nkey_file = "{certs}/siaga-gateway.key"'),
                   (r'(?m)^listen = .*', f'listen = "127.0.0.1:{self.http_port}"\nprobes = "127.0.0.1:{self.probes_port}"'),
                   (r'(?m)^public_url = .*', f'public_url = "http://127.0.0.1:{self.http_port}"'),
                   (r'(?m)^port = 2775', f'port = {self.smsc_port}\npassword_file = "smpp.password"'),
                   (r'(?m)^rate_per_s = .*', 'rate_per_s = 0'),
                   (r'(?m)^url = "smtp://.*', f'url = "smtp://127.0.0.1:{self.mail_port}"'))
        for pattern, wanted in changes:
            text = re.sub(pattern, wanted, text)
        text += "".join(f'\n[[agency]]\nid = "{name}"\nname = "Dinas {name}"\n' for name in AGENCIES if name not in NAMED)
        text += (f'\n[channel.banjir]\nkind = "smpp"\nhost = "127.0.0.1"\nport = {flooding_smsc}\nsystem_id = "siaga"\n'
                 f'password_file = "smpp.password"\nsource = "SIAGA"\n{more}')
        self.config.write_text(text)
        secret = self.place / "smpp.password"
        secret.write_text("rahasia\n")
        secret.chmod(0o600)

    def start(self):
        self.start_siaga()

    def identity(self, name):
        certs = self.place / "certs"
        return ["-V", "5", "-h", "127.0.0.1", "-p", str(self.agencies_port), "-q", "1", "--cafile", str(certs / "ca.crt"),
                "--cert", str(certs / f"{name}.crt"), "--key", str(certs / f"{name}.key")]

    def publish(self, name, topic, text, *more):
        subprocess.run([tool("mosquitto_pub"), *self.identity(name), "-t", topic, "-s", *more], input=text.encode(),
                       check=True, timeout=30, capture_output=True)

    def publish_lines(self, name, topic, lines):
        """Each line a message, over one connection."""
        subprocess.run([tool("mosquitto_pub"), *self.identity(name), "-t", topic, "-l"], input=lines.encode(),
                       check=True, timeout=300, capture_output=True)

    def publish_file(self, name, topic, path):
        subprocess.run([tool("mosquitto_pub"), *self.identity(name), "-t", topic, "-f", str(path)], check=True,
                       timeout=60, capture_output=True)

    def voice(self, name, topic):
        """An open connection: each line written to its stdin is a message."""
        return subprocess.Popen([tool("mosquitto_pub"), *self.identity(name), "-t", topic, "-l"], stdin=subprocess.PIPE,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ear(self, name, topic, heard):
        ear = Program(["stdbuf", "-oL", tool("mosquitto_sub"), "-d", *self.identity(f"ear-{name}"), "-F", "> %p", "-t", topic],
                      heard=lambda line: line.startswith("> ") and heard(line[2:]))
        ear.line_with("Subscribed (", 10)
        return ear
