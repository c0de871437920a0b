#!/usr/bin/python3
"""clang-tidy over every source of ours that clang compiles; what has not changed is not read twice.

usage: tidy.py BUILD_DIR [PART_OF_A_PATH...]      BUILD_DIR is the one of the preset `fuzz`

A file is clean for good under a key made of its own text, the text of every header of ours that it
includes, directly or not, the checks and the tool's version. Keys are kept beside the user's caches.
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CLEAN = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "siaga-tidy"
FOLDERS = ("gateway", "protocols", "config")
# clang-tidy and the gcc-only flags that the other presets have
QUIET = ["--quiet", "--extra-arg=-Wno-unknown-warning-option"]


@functools.lru_cache(maxsize=None)
def includes_of(path):
    found = re.findall(r'^#include "([^"]+)"', path.read_text(), re.M)
    return [ROOT / name for name in found if (ROOT / name).exists()]


def reached(path):
    seen, waiting = set(), [path]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += includes_of(one)
    return sorted(seen)


def key_of(path, command, tool):
    digest = hashlib.sha256((tool + command + (ROOT / ".clang-tidy").read_text()).encode())
    for one in reached(path):
        digest.update(str(one.relative_to(ROOT)).encode() + one.read_bytes())
    return digest.hexdigest()


def examine(tidy, build, path):
    done = subprocess.run([tidy, *QUIET, "-p", build, str(path)], capture_output=True, text=True)
    return done.returncode == 0, done.stdout + (done.stderr if done.returncode else "")


def main():
    tidy = shutil.which("clang-tidy-14") or shutil.which("clang-tidy")
    if tidy is None:
        print("skipped: clang-tidy is not installed")
        return 77
    build, wanted = sys.argv[1], sys.argv[2:]
    version = subprocess.run([tidy, "--version"], capture_output=True, text=True).stdout
    CLEAN.mkdir(parents=True, exist_ok=True)
    database = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    files = {}
    for entry in database:
        path = pathlib.Path(entry["file"])
        if not path.is_relative_to(ROOT) or not str(path.relative_to(ROOT)).startswith(FOLDERS):
            continue
        if not wanted or any(part in str(path) for part in wanted):
            files[path] = key_of(path, entry["command"].replace(str(ROOT), ""), version)
    stale = {path: key for path, key in files.items() if not (CLEAN / key).exists()}
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, (good, said) in zip(stale, pool.map(lambda p: examine(tidy, build, p), stale)):
            if good:
                (CLEAN / stale[path]).touch()
            else:
                bad += 1
                print(said)
    print(f"{len(files)} files, {len(stale)} of them examined now, {bad} with findings")
    return 1 if bad or len(files) < (1 if wanted else 50) else 0


if __name__ == "__main__":
    sys.exit(main())
