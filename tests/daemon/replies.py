#!/usr/bin/python3
"""What officers send back to a GSM modem, as their phones write it, and what they are told.

usage: replies.py BUILD_DIR
"""
import contextlib
import json

from daemon import Agency, alert, expect, expect_in, main, until, world_with_modem
from world import command

FIRST, SECOND = "+6281210000000", "+6281210000001"


@contextlib.contextmanager
def told_by_modem(build, *options):
    """Both officers have one alert, by a modem; its code."""
    with world_with_modem(build, *options) as (world, modem):
        world.start_siaga()
        agency = Agency(world)
        agency.publish("uji-1", alert("uji-1", "Uji satu"))
        agency.press_on(20)
        until(lambda: {number for number, _ in modem.sent()} == {FIRST, SECOND}, 30, "both officers told")
        yield world, modem, agency.receipts["uji-1"][0]["code"]


def counted(world):
    answers = until(lambda: world.json("acks"), 20, "an answer in the log")
    return answers[0]["answer"], answers[0]["evidence"], answers[0]["officer"]


def in_digits_of(zero, code):
    return "".join(chr(ord(zero) + int(digit)) for digit in code)


def other_digits(build):
    """Small letters, noise, Arabic-Indic digits and a national number count as the officer's answer"""
    with told_by_modem(build) as (world, modem, code):
        modem.text("081210000000", f"  ..siap, kode {in_digits_of('٠', code)} pak!!\n")
        expect(counted(world), ("accepted", "address+code", "p0"), "the answer")


def quoted_in_parts(build):
    """A reply that quotes the alert, in two UCS-2 parts of which the second comes first, counts"""
    with told_by_modem(build) as (world, modem, code):
        asked = next(text for number, text in modem.sent() if number == SECOND)
        text = f"Tolak {in_digits_of('꧐', code)} 🙏\n> {asked}"
        modem.text(SECOND, text[67 - 2:130], part=(9, 2, 2))
        modem.text(SECOND, text[:67 - 2], part=(9, 2, 1))
        expect(counted(world), ("declined", "address+code", "p1"), "the answer")


def stored_then_announced(build):
    """A reply that the modem stores and announces (+CMTI) counts, and its place is emptied"""
    with told_by_modem(build, "--csms", "0") as (world, modem, code):
        modem.text(FIRST, f"OK {code}")
        expect(counted(world), ("accepted", "address+code", "p0"), "the answer")
        until(lambda: json.loads(command(modem.control, "stats"))["deleted"] == 1, 10, "its place emptied")


def told_what_to_type(build):
    """A text not understood is answered once, with what to type, and so is an unknown number's"""
    with told_by_modem(build) as (world, modem, code):
        before = len(modem.sent())
        modem.text(FIRST, "Apa ini?")
        until(lambda: len(modem.sent()) > before, 20, "the answer to it")
        number, text = modem.sent()[before]
        expect(number, FIRST, "whom it went to")
        expect_in(f"Ketik SIAP {code} atau TOLAK {code}", text)
        modem.text(FIRST, "Apa ini??")
        modem.text("+6289999999999", f"SIAP {code}")
        until(lambda: len(modem.sent()) > before + 1, 20, "the stranger's answer")
        until(lambda: sum(r["kind"] == "answer-refused" for r in world.json("log", "show")) == 3, 20, "three refusals")
        modem.text(FIRST, f"siap {code}")
        expect(counted(world)[0], "accepted", "the answer")
        closing = until(lambda: [t for n, t in modem.sent()[before:] if n == SECOND], 20, "the closing message")
        expect_in("ditangani", closing[0])
        expect([n for n, t in modem.sent()[before:] if "Ketik" in t or "terdaftar" in t],
               [FIRST, "+6289999999999"], "those answered, once each")


if __name__ == "__main__":
    main(other_digits, quoted_in_parts, stored_then_announced, told_what_to_type)
