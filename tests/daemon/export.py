#!/usr/bin/python3
"""The log as anybody can recompute it from `siaga log show --format json`, without this program.

usage: export.py BUILD_DIR
"""
import hashlib
import json

from daemon import Agency, alert, expect, main, until, world_of


def entry(row):
    """The bytes a row's leaf covers, from what the export shows of it."""
    numbers = b"".join((row[key] or 0).to_bytes(8, "big") for key in ("seq", "at_ms", "alert", "delivery"))
    texts = [(row[key] or "").encode() for key in ("kind", "officer", "detail")]
    return numbers + b"".join(len(text).to_bytes(4, "big") + text for text in texts)


def root(leaves):
    """RFC 9162, section 2.1.1."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:half]) + root(leaves[half:])).digest()


def recomputed(build):
    """Every leaf and the root of the log come out of its export alone"""
    with world_of(build) as world:
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        until(lambda: len(world.sms) >= 2, 20, "everybody told")
        world.siaga.stop()
        rows = json.loads(world.siaga_command("log", "show", "--format", "json").stdout)
        leaves = [hashlib.sha256(b"\x00" + entry(row)).digest() for row in rows]
        expect([leaf.hex() for leaf in leaves], [row["leaf"] for row in rows], "the leaves")
        verdict = json.loads(world.siaga_command("log", "verify", "--format", "json").stdout)[0]
        expect(root(leaves).hex(), verdict["root"], "the root")
        expect(len(rows), verdict["rows"], "rows")
        expect(verdict["not_comparable"], 0, "alerts that could not be compared")


if __name__ == "__main__":
    main(recomputed)
