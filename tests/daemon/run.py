#!/usr/bin/python3
"""How `siaga run` ends.

usage: run.py BUILD_DIR
"""
import pathlib

from daemon import Agency, alert, expect, expect_in, main, retained, until, world_of


def stops_cleanly(build):
    """SIGTERM ends it with 0 and leaves the gateway's state offline and the log checkpointed"""
    with world_of(build) as world:
        program = world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        expect(program.stop(20), 0, "exit code")
        expect_in('"state":"offline"', retained(world, "siaga/gateway/uji"))
        expect_in('"root":', retained(world, "siaga/log/uji"))
        expect(world.siaga_command("log", "verify").returncode, 0, "log verify")


def stops_while_sending(build):
    """SIGTERM ends it with 0 while a message centre leaves messages unanswered"""
    with world_of(build) as world:
        program = world.start_siaga()
        agency = Agency(world)
        world.smsc.process.send_signal(19)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        until(lambda: any(d["state"] == "claimed" for d in world.json("alert", "uji-1")["deliveries"]),
              10, "a message under way")
        expect(program.stop(25), 0, "exit code")
        world.smsc.process.send_signal(18)


def stops_at_once(build):
    """A second SIGTERM ends it at once, with messages under way and without a crash"""
    with world_of(build) as world:
        program = world.start_siaga()
        agency = Agency(world)
        world.smsc.process.send_signal(19)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        program.process.terminate()
        program.line_with("stopping", 5)
        expect(program.stop(3), 0, "exit code")
        world.smsc.process.send_signal(18)


def refuses_bad_configuration(build):
    """A bad configuration ends it with 78 and the words of `siaga check`"""
    with world_of(build) as world:
        text = world.config.read_text()
        for old, new in ((f'listen = "127.0.0.1:{world.http_port}"', 'listen = "localhost:1"'),
                         ('kind = "smpp"', 'kind = "smpp"\nwindwo = 3'),
                         ('public_url = "http://', 'public_url = "')):
            world.config.write_text(text.replace(old, new))
            checked = world.siaga_command("check", check=False)
            program = world.start_siaga(ready=False)
            expect(checked.returncode, 78, "check")
            expect(program.process.wait(10), 78, "run")
            program.reader.join(5)
            said = [line for line in program.lines if not line.startswith("<")]
            expect(said, checked.stdout.splitlines(), "what run prints")


def gives_up_on_a_damaged_store(build):
    """A store that cannot be read ends it with 75, and `log verify` with 70"""
    with world_of(build) as world:
        expect(world.start_siaga().stop(20), 0, "exit code")
        store = pathlib.Path(world.place) / "data" / "siaga.db"
        store.write_bytes(b"no database " * 4096)
        program = world.start_siaga(ready=False)
        expect(program.process.wait(10), 75, "run")
        verified = world.siaga_command("log", "verify", check=False)
        expect(verified.returncode, 70, "log verify")
        expect_in("damaged", verified.stderr)


if __name__ == "__main__":
    main(stops_cleanly, stops_while_sending, stops_at_once, refuses_bad_configuration,
         gives_up_on_a_damaged_store)
