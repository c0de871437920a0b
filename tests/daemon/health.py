#!/usr/bin/python3
"""/healthz and /metrics.

usage: health.py BUILD_DIR
"""
import re

from daemon import Agency, alert, expect, expect_in, get, main, until, world_of

SAMPLE = re.compile(r'^siaga_[a-z_]+(\{[a-z]+="[^"]*"\})? -?[0-9.]+$')


RADIO = '[channel.radio]\nkind = "voice"\nsink = "wav:air"\n'


def first_line(world, path="/healthz"):
    status, body = get(world, path)
    return status, body.splitlines()[0]


def healthz(build):
    """/healthz is ok, degraded with a channel down, and failing with why while the broker is away"""
    with world_of(build) as world:
        world.config.write_text(world.config.read_text().replace("[[agency]]", RADIO + "[[agency]]", 1))
        world.start_siaga()
        expect(get(world, "/healthz"), (200, "ok\n"), "/healthz")
        expect(first_line(world, "/healthz?strict"), (200, "ok"), "/healthz?strict")
        world.smsc.kill()
        until(lambda: "channel sms is down: " in get(world, "/healthz")[1], 20, "the channel's name")
        expect(first_line(world), (200, "degraded"), "/healthz")
        expect(first_line(world, "/healthz?strict"), (503, "degraded"), "/healthz?strict")
        expect_in("siaga_health 1\n", get(world, "/metrics")[1])
        world.siaga.line_with("channel_down channel=sms reason=", 20)
        world.broker.kill()
        until(lambda: first_line(world) == (503, "failing"), 20, "503")
        expect_in("the MQTT broker is not connected", get(world, "/healthz")[1])
        expect_in("siaga_health 2\n", get(world, "/metrics")[1])
        world.start_broker()
        until(lambda: first_line(world) == (200, "degraded"), 40, "200 again")


def no_channel(build):
    """With every channel down nobody can be told: failing"""
    with world_of(build) as world:
        world.start_siaga()
        world.smsc.kill()
        until(lambda: first_line(world) == (503, "failing"), 20, "503")
        expect_in("every channel is down", get(world, "/healthz")[1])


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
        expect_in("siaga_health 0\n", body)
        expect_in("siaga_outbox_oldest_seconds 0\n", body)
        expect_in('siaga_channel_up{channel="sms"} 1\n', body)
        expect_in("siaga_broker_sessions_lost_total 1\n", body)


if __name__ == "__main__":
    main(healthz, no_channel, metrics)
