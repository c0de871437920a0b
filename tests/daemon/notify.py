#!/usr/bin/python3
"""What the service manager hears.

usage: notify.py BUILD_DIR
"""
import signal

from daemon import NotifySocket, expect, main, world_of


def start(world, ready=True):
    systemd = NotifySocket(world.place.name)
    return systemd, world.start_siaga(ready=ready, environment={"NOTIFY_SOCKET": systemd.path})


def ready_alive_stopping(build):
    """READY once it accepts alerts, WATCHDOG again and again, RELOADING and READY, STOPPING"""
    with world_of(build) as world:
        systemd, program = start(world)
        systemd.hears("READY=1")
        systemd.hears("WATCHDOG=1", more_than=2)
        program.process.send_signal(signal.SIGHUP)
        systemd.hears("RELOADING=1")
        systemd.hears("MONOTONIC_USEC=")
        systemd.hears("READY=1", more_than=1)
        expect(program.stop(20), 0, "exit code")
        systemd.hears("STOPPING=1")


def broker_away_at_boot(build):
    """While the broker is away at boot it asks for more time, and is ready when the broker comes"""
    with world_of(build) as world:
        world.broker.kill()
        systemd, _ = start(world, ready=False)
        systemd.hears("EXTEND_TIMEOUT_USEC=")
        systemd.hears("WATCHDOG=1")
        expect(systemd.count("READY=1"), 0, "READY without a broker")
        world.start_broker()
        systemd.hears("READY=1", 20)


def stopped_before_ready(build):
    """Stopped before the broker ever came, it never says READY"""
    with world_of(build) as world:
        world.broker.kill()
        systemd, program = start(world, ready=False)
        systemd.hears("EXTEND_TIMEOUT_USEC=")
        expect(program.stop(20), 0, "exit code")
        expect(systemd.count("READY=1"), 0, "READY without a broker")


def hung_broker(build):
    """A broker that hangs never delays the watchdog"""
    with world_of(build) as world:
        systemd, _ = start(world)
        systemd.hears("READY=1")
        world.broker.process.send_signal(signal.SIGSTOP)
        world.smsc.kill()  # a change of state that is to be published
        before = systemd.count("WATCHDOG=1")
        try:
            systemd.hears("WATCHDOG=1", 8, more_than=before + 3)
        finally:
            world.broker.process.send_signal(signal.SIGCONT)


if __name__ == "__main__":
    main(ready_alive_stopping, broker_away_at_boot, stopped_before_ready, hung_broker)
