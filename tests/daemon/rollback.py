#!/usr/bin/python3
"""A store that is older than what the gateway published of it: put back from a backup, or replaced.

usage: rollback.py BUILD_DIR
"""
import json
import shutil
import subprocess
import sys

from daemon import Agency, Trouble, alert, expect, expect_in, get, main, retained, until, world_of

TOPIC = "siaga/log/uji"


def with_checkpoints(world, store=""):
    """A checkpoint each second."""
    world.config.write_text(world.config.read_text() + f'\n[delivery]\ncheckpoint_every = "1s"\n{store}')


def kinds(world):
    return [row["kind"] for row in json.loads(world.siaga_command("log", "show", "--format", "json").stdout)]


def note(world):
    text = retained(world, TOPIC)
    return json.loads(text) if text else {"size": 0}


def publish_note(world, payload):
    subprocess.run(["mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", str(world.mqtt_port), "-q", "1", "-r",
                    "-t", TOPIC, "-m", payload], check=True, timeout=20)


def put_back(world):
    """Lives a while, with a copy of its data folder taken halfway; the copy takes the folder's place."""
    data = world.place / "data"
    world.start_siaga()
    agency = Agency(world)
    agency.publish("lama", alert("lama", "Uji lama"))
    agency.press_on(20)
    world.siaga.stop()
    shutil.copytree(data, world.place / "backup")
    world.start_siaga()
    agency.publish("baru", alert("baru", "Uji baru"))
    agency.press_on(20)
    until(lambda: note(world)["size"] > 0, 20, "a checkpoint")
    world.siaga.stop()
    newest = note(world)
    if len(newest["mac"]) != 64:
        raise Trouble(f"no code in the checkpoint: {newest}")
    shutil.rmtree(data)
    shutil.copytree(world.place / "backup", data)
    return agency, newest


def older_copy(build):
    """An older copy of the store goes on telling people, keeps the newer checkpoint, and says so until accepted"""
    with world_of(build) as world:
        with_checkpoints(world)
        agency, newest = put_back(world)
        world.start_siaga()
        until(lambda: "rolled-back" in kinds(world), 20, "the row rolled-back")
        until(lambda: "rolled-back" in get(world, "/healthz")[1], 10, "health that says so")
        expect(get(world, "/healthz")[0], 200, "/healthz")
        agency.publish("lagi", alert("lagi", "Uji lagi"))
        agency.press_on(20)
        until(lambda: any("Uji lagi" in message["text"] for message in world.sms), 20, "people told")
        expect(note(world), newest, "the newer checkpoint, kept")
        expect_in("rolled-back", "\n".join(world.siaga.lines))
        verified = world.siaga_command("log", "verify", "--against", f"{newest['size']}:{newest['root']}", check=False)
        expect(verified.returncode, 70, "log verify --against")
        world.siaga.stop()
        world.start_siaga()
        until(lambda: "rolled-back" in get(world, "/healthz")[1], 10, "the same over a restart")
        expect(kinds(world).count("rolled-back"), 1, "rows")
        expect_in(str(newest["size"]), world.siaga_command("log", "accept-rollback").stdout)
        until(lambda: "rolled-back" not in get(world, "/healthz")[1], 20, "its end")
        until(lambda: note(world) != newest, 20, "a checkpoint of its own")
        expect("rollback-accepted" in kinds(world), True, "the row rollback-accepted")
        expect(world.siaga_command("log", "accept-rollback", check=False).returncode, 66, "accepting nothing")
        world.siaga.stop()
        world.start_siaga()
        expect("rolled-back" in get(world, "/healthz")[1], False, "after another start")
        expect(kinds(world).count("rolled-back"), 1, "rows")
        expect(world.siaga_command("log", "verify").returncode, 0, "log verify")


def stops(build):
    """With on_rollback = stop it ends with 76, and starts once the rollback is accepted"""
    with world_of(build) as world:
        with_checkpoints(world, '[store]\non_rollback = "stop"\n')
        put_back(world)
        program = world.start_siaga(ready=False)
        until(lambda: not program.running(), 30, "its end")
        expect(program.process.returncode, 76, "exit code")
        world.siaga_command("log", "accept-rollback")
        world.start_siaga()
        until(lambda: "rollback-accepted" in kinds(world), 20, "the row rollback-accepted")
        until(lambda: world.siaga.running() and note(world)["size"] > 0, 10, "going on")


def forged(build):
    """A checkpoint somebody else wrote is an incident, and is overwritten"""
    with world_of(build) as world:
        with_checkpoints(world)
        publish_note(world, json.dumps({"size": 9999, "root": "ab" * 32, "at": "2026-01-01T00:00:00+08:00",
                                        "mac": "cd" * 32}))
        world.start_siaga()
        until(lambda: any("checkpoint-forged" in line for line in world.siaga.lines), 20, "the incident")
        until(lambda: 0 < note(world)["size"] < 9999, 20, "a checkpoint of its own")
        expect("rolled-back" in kinds(world), False, "a rollback")
        expect("rolled-back" in get(world, "/healthz")[1], False, "health")


if __name__ == "__main__":
    main(older_copy, stops, forged)
