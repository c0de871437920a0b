#!/usr/bin/env python3
"""The program is hardened as far as its compiler can: flags in every command line, and what they leave in the
release's program.

usage: hardened.py BUILD_DIR
"""
import json
import pathlib
import re
import shlex
import subprocess
import sys

FLAGS = ("-fstack-clash-protection", "-fcf-protection", "-fstack-protector-strong")


def knows(compiler, *flags, source=""):
    done = subprocess.run([compiler, "-Werror", *flags, "-x", "c++", "-c", "-o", "/dev/null", "-"], input=source,
                          capture_output=True, text=True)
    return done.returncode == 0


def compiler_of(words):
    """Behind the launcher, when there is one."""
    return next(word for word in words if re.search(r"(\+\+|cc|clang)(-\d+)?$", word) and "ccache" not in word)


def command_lines(build):
    for entry in json.loads((build / "compile_commands.json").read_text()):
        yield entry["file"], shlex.split(entry["command"])


def defined(words, name):
    values = [word.split("=")[-1] for word in words if re.fullmatch(rf"-D{name}(=\w+)?", word)]
    return values[-1] if values else None


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    cache = (build / "CMakeCache.txt").read_text()
    is_release = "CMAKE_BUILD_TYPE:STRING=RelWithDebInfo" in cache and re.search(r"SIAGA_SANITIZE:\w+=$", cache, re.M)
    problems, count, wanted = [], 0, None
    for place, words in command_lines(build):
        if wanted is None:
            compiler = compiler_of(words)
            wanted = [flag for flag in FLAGS if knows(compiler, flag)]
            third = knows(compiler, "-O2", "-D_FORTIFY_SOURCE=3", source="#include <cstring>\n")
        count += 1
        problems += [f"{place}: compiled without {flag}" for flag in wanted if flag not in words]
        if defined(words, "_GLIBCXX_ASSERTIONS") is None:
            problems.append(f"{place}: compiled without _GLIBCXX_ASSERTIONS")
        if is_release and defined(words, "_FORTIFY_SOURCE") != ("3" if third else "2"):
            problems.append(f"{place}: _FORTIFY_SOURCE is {defined(words, '_FORTIFY_SOURCE')}")
    if is_release and (build / "siaga").exists():
        listed = subprocess.run(["readelf", "-Wd", "--dyn-syms", str(build / "siaga")], capture_output=True, text=True).stdout
        for what, sign in (("bound at start", r"FLAGS.*NOW"), ("position independent", r"PIE"),
                           ("stack protected", r"__stack_chk_fail"), ("fortified", r"__\w+_chk@GLIBC"),
                           ("asserting", r"glibcxx_assert_fail")):
            if not re.search(sign, listed):
                problems.append(f"siaga is not {what}")
    print("\n".join(problems[:40]))
    print(f"{count} command lines, {len(problems)} breaches; wanted: {' '.join(wanted or [])}")
    return 1 if problems or count < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
