#!/usr/bin/python3
"""/healthz and /metrics.

usage: health.py BUILD_DIR
"""
import re

from daemon import Agency, alert, expect, expect_in, get, main, until, world_of

SAMPLE = re.compile(r'^siaga_[a-z_]+(\{[a-z]+="[^"]*"\})? -?[0-9.]+$')


def healthz(build):
    """/healthz is ok, names a channel that is down, and answers 503 with why while the broker is away"""
    with world_of(build) as world:
        world.start_siaga()
        expect(get(world, "/healthz"), (200, "ok\n"), "/healthz")
        world.smsc.kill()
        until(lambda: "channel sms is down: " in get(world, "/healthz")[1], 20, "the channel's name")
        status, body = get(world, "/healthz")
        expect((status, body.splitlines()[0]), (200, "ok"), "/healthz")
        world.siaga.line_with("channel_down channel=sms reason=", 20)
        world.broker.kill()
        until(lambda: get(world, "/healthz")[0] == 503, 20, "503")
        expect_in("the MQTT broker is not connected", get(world, "/healthz")[1])
        world.start_broker()
        until(lambda: get(world, "/healthz")[0] == 200, 40, "200 again")


def metrics(build):
    """/metrics can be parsed, and counts attempts by how they ended"""
    with world_of(build) as world:
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        until(lambda: 'siaga_attempts_total{outcome="sent"} 2' in get(world, "/metrics")[1], 20,
              "two messages counted")
        status, body = get(world, "/metrics")
        expect(status, 200, "/metrics")
        wrong = [line for line in body.splitlines() if not line.startswith("# ") and not SAMPLE.match(line)]
        expect(wrong, [], "lines that are no samples")
        expect_in("siaga_alerts_accepted_total 1\n", body)
        expect_in('siaga_channel_up{channel="sms"} 1\n', body)
        expect_in("siaga_broker_sessions_lost_total 1\n", body)


if __name__ == "__main__":
    main(healthz, metrics)
