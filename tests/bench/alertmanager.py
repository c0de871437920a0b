"""Prometheus Alertmanager beside Siaga: alerts come in by HTTP and go out by SMTP, at the same pace. It keeps none
of them on disk before it answers; Siaga does."""
import http.client
import json
import shutil
import time

from gauge import until
from world import Program, free_port

PROGRAM = "prometheus-alertmanager"


def installed():
    return shutil.which(PROGRAM) is not None


class Alertmanager:
    """Every alert is a group of its own and told at once; nothing is grouped, repeated or shared with others."""

    def __init__(self, world):
        self.place = world.place / "alertmanager"
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        self.port = free_port()
        config = self.place / "alertmanager.yml"
        config.write_text(f'''global:
  smtp_smarthost: 127.0.0.1:{world.mail_port}
  smtp_from: alertmanager@bench.example
  smtp_hello: bench
  smtp_require_tls: false
route:
  receiver: duty
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1h
  repeat_interval: 24h
receivers:
  - name: duty
    email_configs:
      - to: piket@bench.example
''')
        self.process = Program([PROGRAM, f"--config.file={config}", f"--storage.path={self.place}/data",
                                f"--web.listen-address=127.0.0.1:{self.port}", "--cluster.listen-address=",
                                "--log.level=error"], log=self.place / "alertmanager.log")
        until(lambda: world._answers(self.port), 20, "alertmanager's port")

    def publish(self, count, rate):
        """id -> line, as siaga_bench_publisher has it."""
        wire = http.client.HTTPConnection("127.0.0.1", self.port)
        published, began = {}, time.monotonic()
        for number in range(count):
            time.sleep(max(0, began + number / rate - time.monotonic()))
            body = json.dumps([{"labels": {"alertname": f"Uji{number}"}, "annotations": {"summary": "x" * 300}}])
            published[f"a{number}"] = {"published_ns": time.time_ns()}
            wire.request("POST", "/api/v2/alerts", body, {"Content-Type": "application/json"})
            wire.getresponse().read()
        return published

    def stop(self):
        self.process.stop()
