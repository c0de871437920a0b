"""Kannel beside Siaga: bearerbox and smsbox on loopback ports of their own, one SMPP transceiver."""
import json
import shutil
import subprocess
import urllib.parse

from gauge import Trouble, rss_mb, until
from world import Program, free_port

DEBIAN_SBIN = "/usr/sbin"


def installed():
    return all(shutil.which(name, path=f"{DEBIAN_SBIN}:/usr/bin") for name in ("bearerbox", "smsbox"))


class Kannel:
    """Stores to a file; tries again each second, for its default of 60 would be unfair where it is slowed down;
    logs panics and errors only. Everything it writes is under `place`."""

    def __init__(self, world, smsc_port):
        self.build = world.build
        self.place = world.place / "kannel"
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        self.admin_port, self.box_port, self.http_port = free_port(), free_port(), free_port()
        config = self.place / "kannel.conf"
        config.write_text(f'''group = core
admin-port = {self.admin_port}
admin-interface = 127.0.0.1
admin-password = bench
smsbox-port = {self.box_port}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
store-type = file
store-location = {self.place}/store
sms-resend-freq = 1
log-level = 3

group = smsc
smsc = smpp
smsc-id = bench
host = 127.0.0.1
port = {smsc_port}
smsc-username = kannel
smsc-password = secret
system-type = ""
transceiver-mode = 1
max-pending-submits = 500

group = smsbox
smsbox-id = box
bearerbox-host = 127.0.0.1
bearerbox-port = {self.box_port}
sendsms-port = {self.http_port}
sendsms-interface = 127.0.0.1
log-level = 3

group = sendsms-user
username = bench
password = bench
concatenation = true
max-messages = 4

group = sms-service
keyword = default
text = ""
max-messages = 0
''')
        self.bearerbox = Program([f"{DEBIAN_SBIN}/bearerbox", "-v", "3", config], log=self.place / "bearerbox.log")
        until(lambda: world._answers(self.box_port), 10, "bearerbox's port")
        self.smsbox = Program([f"{DEBIAN_SBIN}/smsbox", "-v", "3", config], log=self.place / "smsbox.log")
        until(lambda: world._answers(self.http_port), 10, "smsbox's port")
        until(lambda: world.sms_stats()["bound"] == 1, 10, "Kannel's bind")

    def send(self, count, rate, text, connections=32, receipts=False, priority=0):
        """Texts with {n} in them; (id -> line) as siaga_bench_publisher has it. One phone each."""
        process = self.begin(count, rate, text, connections, receipts, priority)
        return self.end(process)

    def begin(self, count, rate, text, connections=32, receipts=False, priority=0):
        fields = {"username": "bench", "password": "bench", "from": "SIAGA", "priority": priority}
        if receipts:
            fields.update({"dlr-mask": 3, "dlr-url": f"http://127.0.0.1:{self.admin_port}/none"})
        said = urllib.parse.quote(text, safe="{}")
        path = f"/cgi-bin/sendsms?{urllib.parse.urlencode(fields)}&to=%2B62812{{to}}&text={said}"
        return subprocess.Popen([str(self.build / "siaga_bench_sendsms"), str(self.http_port), str(count),
                                 str(connections), str(rate), path], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def end(self, process):
        out, errors = process.communicate()
        if process.returncode != 0:
            raise Trouble(f"sendsms: {errors or 'not all accepted'}")
        return {line["id"]: line for line in map(json.loads, out.splitlines()) if "id" in line}

    def rss_mb(self):
        return rss_mb(self.bearerbox.process.pid) + rss_mb(self.smsbox.process.pid)

    def stop(self):
        self.smsbox.kill()
        self.bearerbox.kill()
