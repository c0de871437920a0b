#!/usr/bin/python3
"""The udev rule that ships: every modem in it gets a name that stays, and is kept from ModemManager.

usage: udev_rule.py
"""
import pathlib
import re
import sys

FILE = next((pathlib.Path(__file__).resolve().parents[2] / "config" / "udev").glob("*.rules"))
TERM = re.compile(r'^[A-Z]+(\{[A-Za-z_]+\})?(==|!=|\+=|=)"[^"]*"$')


def rules():
    """Every rule, those in comments as an administrator would have them."""
    for line in FILE.read_text().splitlines():
        rule = line.lstrip("#")
        if re.match(r'[A-Z]+(\{\w+\})?[=!+]', rule):
            yield rule


def value(rule, key):
    found = re.search(rf'{key}=="([0-9a-f]+)"', rule)
    return found[1] if found else None


def main():
    wrong = [f"{term} in: {rule}" for rule in rules() for term in re.split(r",\s*", rule) if not TERM.match(term)]
    kept = {(value(r, r"ATTRS\{idVendor\}"), value(r, r"ATTRS\{idProduct\}"))
            for r in rules() if 'ENV{ID_MM_DEVICE_IGNORE}="1"' in r}
    named = {(value(r, r"ENV\{ID_VENDOR_ID\}"), value(r, r"ENV\{ID_MODEL_ID\}"))
             for r in rules() if 'SYMLINK+="siaga-modem"' in r}
    if len(named) < 4 or named != kept:
        wrong.append(f"named {sorted(named)}, kept from ModemManager {sorted(kept)}")
    place = int(FILE.name[:2])
    if not 60 < place < 80:
        wrong.append(f"{FILE.name} must lie between 60-serial.rules and 80-mm-candidate.rules")
    print("\n".join(wrong) or f"ok      {FILE.name}: {len(named)} modems, each with its name, each kept from ModemManager")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
