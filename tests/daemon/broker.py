#!/usr/bin/python3
"""What the gateway says at a broker that forgets, refuses or asks for an answer elsewhere.

usage: broker.py BUILD_DIR
"""
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess

from daemon import Agency, alert, expect, expect_in, get, main, retained, until, world_of
from incidents import to_ops, with_ops


DYNAMIC_SECURITY = next(pathlib.Path("/usr/lib").glob("*/mosquitto_dynamic_security.so"), None)  # in its package
DEEP = "siaga/receipt/polres" + "/x" * 250


def allow(world, pattern):
    config = world.config.read_text()
    world.config.write_text(config.replace("[mqtt]", f'[mqtt]\nresponse_topics = ["{pattern}"]'))


def publish(world, payload, *more):
    subprocess.run(["mosquitto_pub", "-V", "5", "-h", "127.0.0.1", "-p", str(world.mqtt_port), "-q", "1",
                    "-t", "siaga/alert/polres", "-m", payload, *more], check=True, timeout=20)


def broker_lost_everything(build):
    """A broker that lost all it retained has state, checkpoint and open statuses again"""
    with world_of(build) as world:
        world.config.write_text(world.config.read_text() + "[delivery]\ncheckpoint_every = \"1s\"\n")
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        number = agency.receipts["uji-1"][0]["alert"]
        until(lambda: retained(world, "siaga/log/uji"), 20, "a checkpoint")
        agency.ear.kill()
        world.broker.kill()
        shutil.rmtree(world.place / "broker")
        world.start_broker()
        until(lambda: '"state":"online"' in retained(world, "siaga/gateway/uji"), 20, "the state online")
        until(lambda: retained(world, "siaga/log/uji"), 20, "the checkpoint again")
        until(lambda: retained(world, f"siaga/status/polres/{number}"), 20, "the status again")
        lost = [row for row in world.json("log", "show") if row["kind"] == "session-lost"]
        expect(len(lost) >= 1, True, "a log row about the lost session")


def refused_reading(build):
    """A broker that refuses the gateway to read its own log topic: it runs, asks once a connection, and ops hear of it"""
    with world_of(build) as world:
        with_ops(world)
        world.broker.stop()
        kinds = ("publishClientSend", "publishClientReceive", "subscribePattern", "unsubscribePattern")
        rules = [{"acltype": "subscribePattern", "topic": "siaga/log/#", "priority": 1, "allow": False},
                 *[{"acltype": kind, "topic": "#", "priority": 0, "allow": True} for kind in kinds]]
        (world.place / "roles.json").write_text(json.dumps({
            "anonymousGroup": "all", "groups": [{"groupname": "all", "roles": [{"rolename": "reads-no-log"}]}],
            "roles": [{"rolename": "reads-no-log", "acls": rules}], "clients": []}))
        (world.place / "roles.json").chmod(0o666)
        world.start_broker(f"user root\nplugin {DYNAMIC_SECURITY}\nplugin_opt_config_file {world.place}/roles.json\n")
        program = world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        program.line_with("broker_refuses_reading role=feed", 20)
        until(lambda: "incident log-unread siaga/log/uji" in get(world, "/healthz")[1], 20, "a line of health")
        expect((get(world, "/healthz")[0], get(world, "/healthz")[1].splitlines()[0]), (200, "degraded"), "/healthz")
        until(lambda: to_ops(world), 30, "a message to ops")
        expect_in("refuses to let us read our log topic", to_ops(world)[0]["text"])
        agency.publish("uji-2", alert("uji-2", "Uji dua"))
        agency.press_on(20)
        expect(sum("broker_refuses_reading" in line for line in program.lines), 1, "tries to read")
        expect(sum("broker_connected role=feed" in line for line in program.lines), 1, "connections of the feed")
        world.broker.stop()
        world.start_broker()
        until(lambda: get(world, "/healthz")[1] == "ok\n", 40, "health once the broker lets it read")
        until(lambda: len(to_ops(world)) > 1, 20, "a message of the end")


def retained_alert(build):
    """An alert found retained at the broker is refused by the rule mqtt.retained"""
    with world_of(build) as world:
        heard = []
        ear = world.listen("siaga/receipt/polres", heard=heard.append)
        publish(world, alert("uji-1", "Uji satu"), "-r")
        world.start_siaga()
        until(lambda: heard, 20, "a receipt")
        receipt = json.loads(heard[0].partition(" ")[2])
        expect(receipt["decision"], "rejected", "the receipt")
        expect(receipt["reasons"][0]["rule"], "mqtt.retained", "the reason")
        expect(world.json("alerts"), [], "alerts")
        ear.kill()


def answers_where_asked(build):
    """A receipt also goes to the response topic, with its correlation data"""
    with world_of(build) as world:
        allow(world, "elsewhere/#")
        world.start_siaga()
        for topic in ("elsewhere/polres", "siaga/receipt/polres/kanal-2"):
            heard = []
            ear = world.listen(topic, heard=heard.append, form="%t %D %p")
            publish(world, alert(topic.replace("/", "-"), "Uji"), "-D", "PUBLISH", "response-topic", topic,
                    "-D", "PUBLISH", "correlation-data", "surat-7")
            until(lambda: heard, 20, f"a receipt on {topic}")
            expect_in(f"{topic} surat-7 {{", heard[0])
            expect_in('"accepted"', heard[0])
            ear.kill()


def refused_publish(build):
    """A response topic that the broker's ACL refuses holds up no other receipt"""
    with world_of(build) as world:
        rules = world.place / "acl"
        rules.write_text("topic readwrite siaga/#\n")
        rules.chmod(0o644)
        world.broker.stop()
        user = "user root\n" if os.geteuid() == 0 else ""
        world.start_broker(f"acl_file {rules}\n{user}")
        allow(world, "elsewhere/#")
        world.start_siaga()
        agency = Agency(world)
        publish(world, alert("uji-1", "Uji satu"), "-D", "PUBLISH", "response-topic", "elsewhere/x")
        world.siaga.line_with("publish_refused", 20)
        agency.publish("uji-2", alert("uji-2", "Uji dua"))
        agency.press_on(20)
        expect(sum("publish_refused" in line for line in world.siaga.lines), 1, "refusals in the log")
        for number in range(3):
            publish(world, alert(f"uji-lagi-{number}", "Uji"), "-D", "PUBLISH", "response-topic", "elsewhere/x")
        agency.publish("uji-3", alert("uji-3", "Uji tiga"))
        agency.press_on(20)
        incidents = [row for row in world.json("log", "show") if row["kind"] == "incident"]
        expect(sum("publish-refused" in row["detail"] for row in incidents), 1, "incidents about the topic")


def unbearable_response_topic(build):
    """A response topic no broker bears is disregarded: the receipt says so and no other waits"""
    with world_of(build) as world:
        world.start_siaga()
        agency = Agency(world)
        for topic in (DEEP, "elsewhere/x", "siaga/receipt/damkar/x", "x" * 60000):
            publish(world, alert(f"uji-{len(topic)}", "Uji"), "-D", "PUBLISH", "response-topic", topic)
        agency.publish("uji-akhir", alert("uji-akhir", "Uji akhir"))
        agency.press_on(20)
        for topic in (DEEP, "elsewhere/x", "siaga/receipt/damkar/x", "x" * 60000):
            receipt = agency.receipts[f"uji-{len(topic)}"][0]
            expect(receipt["decision"], "accepted", "the decision")
            expect([reason["rule"] for reason in receipt["reasons"]], ["mqtt.response-topic"], "the advice")
        expect(agency.receipts["uji-akhir"][0]["reasons"], [], "the reasons of one that asks for nothing")
        expect(any("broker_away" in line for line in world.siaga.lines), False, "a connection ended")


def poisoned_store(build):
    """An outbox with a topic no broker bears, of a version before, is judged at start and stops nothing"""
    with world_of(build) as world:
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        world.siaga.stop()
        with sqlite3.connect(world.place / "data" / "siaga.db") as store:
            store.execute("INSERT INTO outbox (topic, payload, correlation, at) VALUES (?, '{}', x'', 1790000000000)", (DEEP,))
        store.close()
        world.start_siaga()
        agency.publish("uji-2", alert("uji-2", "Uji dua"))
        agency.press_on(20)
        until(lambda: '"state":"online"' in retained(world, "siaga/gateway/uji"), 20, "the state online")
        expect(any("broker_away" in line for line in world.siaga.lines), False, "a connection ended")


def poisoned_receipt(build):
    """A receipt at which the broker ends the connection is set aside, and the others are told"""
    with world_of(build) as world:
        world.start_siaga()
        agency = Agency(world)
        # While it runs, behind the judgement at its start: as a broker with an unknown bound would have it.
        with sqlite3.connect(world.place / "data" / "siaga.db", timeout=10) as store:
            store.execute("INSERT INTO outbox (topic, payload, correlation, at) VALUES (?, '{}', x'', 1790000000000)", (DEEP,))
        store.close()
        for number in range(60):
            agency.publish(f"uji-{number}", alert(f"uji-{number}", "Uji"))
            agency.press_on(20)
            if any("message-set-aside" in line for line in world.siaga.lines):
                break
        world.siaga.line_with("message-set-aside", 1)
        lost = sum("broker_away" in line for line in world.siaga.lines)
        expect(3 <= lost <= 6, True, f"{lost} connections lost until then")
        for number in range(100, 110):
            agency.publish(f"uji-{number}", alert(f"uji-{number}", "Uji"))
        agency.press_on(20)
        expect(sum("broker_away" in line for line in world.siaga.lines), lost, "connections lost since")


if __name__ == "__main__":
    main(broker_lost_everything, retained_alert, refused_reading, answers_where_asked, refused_publish, unbearable_response_topic,
         poisoned_store, poisoned_receipt)
