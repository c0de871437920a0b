"""A GSM modem in miniature, on a pseudo terminal: texts that come to it, and those it was given to send,
as the network has them (3GPP TS 23.040)."""
import json
import re
import time

from world import Program, command

ALPHABET = {0: "@", 1: "£", 2: "$", 3: "¥", 10: "\n", 13: "\r", 17: "_", 36: "¤"}


def septets(octets, count, skip_bits=0):
    bits = int.from_bytes(octets, "little") >> skip_bits
    return [bits >> (7 * i) & 0x7F for i in range(count)]


def packed(text):
    bits = sum(ord(letter) << (7 * i) for i, letter in enumerate(text))
    return bits.to_bytes((7 * len(text) + 7) // 8, "little")


def address(number):
    """In digits, each pair the other way round; "0812..." is of unknown type."""
    digits = number.lstrip("+")
    padded = digits + "F" * (len(digits) % 2)
    kind = 0x91 if number.startswith("+") else 0x81
    return bytes([len(digits), kind]) + bytes.fromhex("".join(padded[i + 1] + padded[i] for i in range(0, len(padded), 2)))


def deliver(sender, text, part=None):
    """An SMS-DELIVER as a modem writes it. Plain letters and digits go as GSM 7-bit, all else as UCS-2.
    `part`: (reference, total, number)."""
    header = bytes([5, 0, 3, *part]) if part else b""
    plain = re.fullmatch(r"[A-Za-z0-9 .,!?]*", text) and not header
    body = packed(text) if plain else header + text.encode("utf-16-be")
    now = time.gmtime()
    swapped = [int(f"{n:02d}"[::-1], 16) for n in (now.tm_year % 100, *now[1:6])]
    octets = (bytes([0x44 if header else 0x04]) + address(sender) + bytes([0, 0 if plain else 8, *swapped, 0,
              len(text) if plain else len(body)]) + body)
    return "00" + octets.hex().upper()


def read_submit(line):
    """Number, text and (reference, total, number) of an SMS-SUBMIT."""
    octets = bytes.fromhex(line)
    octets = octets[1 + octets[0]:]
    first, digits = octets[0], octets[2]
    at = 4 + (digits + 1) // 2
    number = "+" + "".join(f"{b & 15:x}{b >> 4:x}" for b in octets[4:at])[:digits]
    coding = octets[at + 1]
    at += 2 + {0: 0, 2: 1}.get(first >> 3 & 3, 7)
    length, data = octets[at], octets[at + 1:]
    header = data[:data[0] + 1] if first & 0x40 else b""
    part = tuple(header[3:6]) if header[1:2] == b"\0" else (0, 1, 1)
    if coding & 0x0C == 8:
        return number, data[len(header):length].decode("utf-16-be"), part
    before = (8 * len(header) + 6) // 7
    letters = septets(data, length, 0)[before:]
    return number, "".join(ALPHABET.get(letter, chr(letter)) for letter in letters), part


class Modem:
    def __init__(self, build, *options, log=None):
        self.program = Program([build / "siaga_test_modem", *options], log=log)
        self.device = self.program.line_with("modem ", 10).split()[1]
        self.control = int(self.program.line_with("control ", 10).split()[1])

    def text(self, sender, text, part=None):
        """Somebody's phone sends a text to it."""
        command(self.control, "deliver " + deliver(sender, text, part))

    def sent(self):
        """Whole messages it was given, as (number, text), in order of their last parts."""
        messages, parts = [], {}
        for line in json.loads(command(self.control, "submitted")):
            number, text, (reference, total, place) = read_submit(line)
            known = parts.setdefault((number, reference), {})
            known[place] = text
            if len(known) == total:
                messages.append((number, "".join(known[i + 1] for i in range(total))))
                del parts[number, reference]
        return messages

    def stop(self):
        self.program.stop()
