#!/usr/bin/python3
"""Each source file of ours compiles alone, and with clang: builds put several files together, where one lives on
another's includes.

usage: alone.py BUILD_DIR      configures BUILD_DIR/../alone with clang and without unity, and only checks syntax
Answers 77 (skipped) where clang++ is not installed.
"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OPTIONS = ["-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_C_COMPILER=clang", "-DCMAKE_CXX_COMPILER=clang++", "-DSIAGA_UNITY=OFF",
           "-DSIAGA_TESTS=OFF"]


def run(*words):
    done = subprocess.run([str(word) for word in words], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr)
        sys.exit(1)


def configured(place):
    """The commands that would compile each file; the precompiled header is made, for it saves most of the time."""
    run("cmake", "-G", "Ninja", "-B", place, *OPTIONS)
    run("cmake", "--build", place, "--target", "siaga_pch")
    return json.loads((place / "compile_commands.json").read_text())


def syntax_of(entry):
    """What the compiler says of one file; nothing when it is good."""
    words = shlex.split(entry["command"])
    compiler = next(i for i, word in enumerate(words) if word.endswith("clang++"))
    words = words[compiler:]
    at = words.index("-o")
    del words[at:at + 2]
    words.remove("-c")
    done = subprocess.run(words + ["-fsyntax-only"], cwd=entry["directory"], capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stderr


def main():
    if shutil.which("clang++") is None:
        print("skipped: clang++ is not installed")
        return 77
    place = pathlib.Path(sys.argv[1]).resolve().parent / "alone"
    entries = [entry for entry in configured(place) if not pathlib.Path(entry["file"]).is_relative_to(place)]
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for entry, said in zip(entries, pool.map(syntax_of, entries)):
            if said:
                failures += 1
                print(f"FAILED  {pathlib.Path(entry['file']).relative_to(ROOT)}\n{said[:2000]}", flush=True)
    print(f"{len(entries)} files, {failures} do not compile alone")
    return 1 if failures or len(entries) < 300 else 0


if __name__ == "__main__":
    sys.exit(main())
