#!/usr/bin/env python3
"""The house style as a test: who may include whom, how long things may be, what is never written.

Run from anywhere; prints every breach as file:line and exits 1 when there is one.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

PROTOCOLS = {f"protocols/{world}" for world in ("mqtt", "cap", "sms", "email", "radio", "http")}
# folder -> folders of ours it may include
MAY_INCLUDE = {
    "gateway/base": {"gateway/base"},
    "gateway/async": {"gateway/async", "gateway/base"},
    "gateway/domain": {"gateway/domain", "gateway/base"},
    "gateway/ports": {"gateway/ports", "gateway/domain", "gateway/async", "gateway/base"},
    "gateway/flow": {"gateway/flow", "gateway/ports", "gateway/domain", "gateway/async", "gateway/base"},
    "gateway/journal": {"gateway/journal", "gateway/ports", "gateway/domain", "gateway/async", "gateway/base"},
    "config": {"config", "gateway/domain", "gateway/base"},
    "gateway/app": {"gateway/app", "gateway/flow", "gateway/journal", "gateway/ports", "gateway/domain", "gateway/async",
                    "gateway/base", "config", *PROTOCOLS},
    "gateway/views": {"gateway/views", "gateway/journal", "gateway/ports", "gateway/domain", "gateway/base"},
    "gateway/cli": {"gateway/cli", "gateway/views", "gateway/app", "gateway/flow", "gateway/journal", "gateway/ports", "gateway/domain",
                    "gateway/async", "gateway/base", "config", *PROTOCOLS},
    "gateway": {"gateway/cli", "gateway/app"},  # main.cpp alone
}
# Within the journal: room -> rooms it may include.
ROOMS = {
    "database": {"database"},
    "database/sqlite": {"database/sqlite", "database"},
    "log": {"log", "database"},
    "state": {"state", "log", "database"},
    "changes": {"changes", "state", "log", "database"},
    "verification": {"verification", "state", "log", "database"},
    "history": {"history", "verification", "state", "log", "database"},
    "store": {"store", "history", "changes", "state", "log", "database"},
}
ENGINE_CHOSEN_IN = "gateway/journal/store/open.cpp"
PROTOCOL_MAY = {"gateway/ports", "gateway/domain", "gateway/async", "gateway/base"}

# a library's headers -> the folders that may see them
LIBRARY_HOME = {
    r"<mqtt/|<MQTTAsync": {"protocols/mqtt"},
    r"<sqlite3": {"gateway/journal"},  # database/sqlite, see check_rooms
    r"<libxml/|<xmlsec/": {"protocols/cap"},
    r"<gmime/": {"protocols/email"},
    r"<sodium": {"protocols/mqtt"},
    r"<toml\+\+": {"config"},
    r"<CLI/": {"gateway/cli"},
    r"<boost/beast": {"protocols/http"},
}
NO_ASIO = {"gateway/base", "gateway/domain", "config"}

BANNED = [
    (r"\basio::detached\b|\bdetached\)", "detached coroutine: use spawn()"),
    (r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", "unfinished mark"),
    (r"catch \(\.\.\.\)", "catch-all"),
    (r"\b(class|struct) \w*(Manager|Handler|Helper|Util|Utils|Processor)\b", "a name that says nothing"),
]
BANNED_CATCH_ALL_OK = {"protocols/mqtt"}  # a library callback that must not throw into C
THREADS_OK = {"gateway/journal/store", "gateway/journal/database/sqlite", "gateway/journal/verification", "protocols/mqtt", "gateway/async/worker"}
WALL_CLOCK_OK = {"gateway/app/system_clock.cpp"}

# All there is at the top; `build` holds whatever a build or a test writes.
TOP = {"CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", ".ci", ".clang-format", ".clang-tidy",
       ".git", ".gitignore", "build", "config", "gateway", "protocols", "tests"}
# A path of the machine somebody built on: nobody else has it.
MACHINE_PATHS = re.compile(r"(?<![\w.~}-])/(home|root|work|Users|builds?|workspaces?|github|mnt|private)/[\w.-]+")
# Tests write below the build directory only, through these two.
SCRATCH_HOMES = {"tests/support/temp_dir.hpp", "tests/support/places.py"}
SCRATCH_ELSEWHERE = re.compile(r"temp_directory_path|mk[ds]?temp\b|mkstemp|tmpnam|tmpfile|[\"'](/tmp|/var/tmp|/dev/shm)\b"
                               r"|\btempfile\b")
OWN_RULES = "tests/architecture/check.py"

FILE_MAX, TEST_FILE_MAX, HEADER_MAX, PORT_MAX, LINE_MAX = 400, 600, 150, 80, 100

problems = []


def report(path, line, text):
    problems.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def folder_of(relative):
    parts = pathlib.PurePosixPath(relative).parts
    if parts[0] == "protocols":
        return "/".join(parts[:2])
    if parts[0] == "gateway" and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0]


def allowed(folder):
    if folder.startswith("protocols/"):
        return PROTOCOL_MAY | {folder}
    return MAY_INCLUDE.get(folder)


def check_includes(path, folder, lines):
    may = allowed(folder)
    for number, line in enumerate(lines, 1):
        ours = re.match(r'#include "([^"]+)"', line)
        if ours and may is not None:
            target = folder_of(ours.group(1))
            if target not in may:
                report(path, number, f"{folder} must not include {ours.group(1)}")
        if line.startswith("#include <"):
            for pattern, homes in LIBRARY_HOME.items():
                if re.search(pattern, line) and folder not in homes:
                    report(path, number, f"{line.strip()} belongs to {', '.join(sorted(homes))}")
            if folder in NO_ASIO and "boost/asio" in line:
                report(path, number, f"{folder} must not see Asio")


def room_of(relative):
    """The journal's room of a file; None elsewhere."""
    folder = str(pathlib.PurePosixPath(relative).parent)
    return folder.removeprefix("gateway/journal/") if folder.startswith("gateway/journal/") else None


def check_rooms(path, relative, lines):
    """database <- log <- state <- {changes, verification} <- history <- store; one file names the engine."""
    room = room_of(relative)
    if room is None:
        return
    may = ROOMS.get(room, set()) | ({"database/sqlite"} if relative == ENGINE_CHOSEN_IN else set())
    for number, line in enumerate(lines, 1):
        ours = re.match(r'#include "([^"]+)"', line)
        target = room_of(ours.group(1)) if ours else None
        if target is not None and target not in may:
            report(path, number, f"the journal's room {room} must not include {ours.group(1)}")
        if room != "database/sqlite" and (line.startswith("#include <sqlite3") or re.search(r"\b[Ss]qlite", line.split("//")[0])):
            if relative != ENGINE_CHOSEN_IN:
                report(path, number, "only database/sqlite knows SQLite")


# Words of one engine; statements are written in those that SQLite and PostgreSQL share.
ENGINE_WORDS = re.compile(r"\bifnull\(|INSERT OR |ON CONFLICT DO\b|\blast_insert_rowid\b|\bINDEXED\b|\bCROSS JOIN\b|\bGLOB\b"
                          r"|\bjson_(extract|set|each)\b|\bCAST\(|\bx''|\bsum\(state\b")


def check_statements(path, relative, lines):
    if room_of(relative) in (None, "database/sqlite"):
        return
    for number, line in enumerate(lines, 1):
        if ENGINE_WORDS.search(line):
            report(path, number, "a word of one engine: coalesce, ON CONFLICT (key) DO UPDATE, RETURNING")


LABELS = "Place|Thread|Rules|Errors|Durable|Bound|Bounds|Time|See|Units|Privacy|Format|Safety|Order|Finds"


def check_header_comment(path, lines):
    """`// Place:  ...` and its like: each label begins a line, and what follows it is indented."""
    if path.suffix != ".hpp" or "#pragma once" not in lines:
        return
    labelled = False
    for number, line in enumerate(lines[:lines.index("#pragma once")], 1):
        begins = re.match(rf"// ({LABELS}):", line)
        if re.search(rf"[.):] ({LABELS}):", line) or (begins and re.search(rf"[.)] ({LABELS}):", line)):
            report(path, number, "two labels on one line of a header's comment")
        if labelled and not begins and re.match(r"// \S", line) and not re.match(r"// \w+:", line):
            report(path, number, "what follows a label in a header's comment is indented")
        labelled = bool(begins) or (labelled and line != "//")


def check_sizes(path, lines):
    is_test = path.relative_to(ROOT).parts[0] == "tests"
    most = TEST_FILE_MAX if is_test else FILE_MAX
    if path.suffix == ".hpp" and not is_test:
        most = PORT_MAX if path.parent.name == "ports" and "types" not in path.name else HEADER_MAX
    if len(lines) > most:
        report(path, len(lines), f"{len(lines)} lines, at most {most}")
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_MAX and "http" not in line and 'R"' not in line and "::words" not in line:
            report(path, number, f"line of {len(line)} characters, at most {LINE_MAX}")


def check_words(path, folder, lines):
    relative = str(path.relative_to(ROOT))
    for number, line in enumerate(lines, 1):
        code = line.split("//")[0] if "http" not in line else line
        for pattern, why in BANNED:
            if why == "catch-all" and (folder in BANNED_CATCH_ALL_OK or relative.startswith("tests/")):
                continue
            text = line if why == "unfinished mark" else code
            if re.search(pattern, text):
                report(path, number, why)
        if folder.startswith("gateway/") or folder.startswith("protocols/"):
            if re.search(r"std::j?thread\b|std::mutex\b", code) and not THREADS_OK & {
                    folder, relative.rsplit(".", 1)[0], relative.rsplit("/", 1)[0]}:
                report(path, number, "threads and mutexes belong to the journal and mqtt folders and to async/worker")
            if re.search(r"system_clock::now\(\)", code) and relative not in WALL_CLOCK_OK:
                report(path, number, "the wall clock is read through Clock")


def balanced(text):
    """From an opening bracket to the one that closes it."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return text[:place]
    return text


def check_awaits(path, lines):
    """g++ 12 destroys some temporaries of an awaited full expression twice: keep them out."""
    text = "\n".join(line.split("//")[0] for line in lines)
    text = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)
    for match in re.finditer(r"\bco_await\b", text):
        end = text.find(";", match.start())
        expression = text[match.start():end if end > 0 else None]
        paren = expression.find("(")
        if paren < 0:
            continue
        arguments = expression[paren:]
        number = text.count("\n", 0, match.start()) + 1
        if re.search(r"[(,]\s*\[[^\]]*[\w&=][^\]]*\]\s*(\(|\{|mutable)", arguments):
            report(path, number, "capturing lambda inside an awaited expression")
        if re.search(r"[(,]\s*(\w+(::\w+)*)?\{[^}]", arguments):
            report(path, number, "braced value inside an awaited expression")
        if re.search(r"\?[^;]*[^:]:[^:]", balanced(arguments)):
            report(path, number, "a choice (?:) among the arguments of an awaited call")


def check_top(folder):
    """What nobody expects there was left behind by something."""
    for path in sorted(folder.iterdir()):
        if path.name not in TOP:
            problems.append(f"{path.name}:1: nothing else belongs at the top; tests and builds write below build/")


def check_traces(name, text):
    """Paths of one machine in any file; places to write outside build/ in a test."""
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE_PATHS.search(line):
            problems.append(f"{name}:{number}: a path of the machine it was built on")
        if name.startswith("tests/") and name not in SCRATCH_HOMES and SCRATCH_ELSEWHERE.search(line):
            problems.append(f"{name}:{number}: tests write below the build directory: TempDir, or places.scratch")


def check_all_traces(names):
    for name in names:
        if name != OWN_RULES and not name.startswith("tests/fuzz/seeds/"):
            check_traces(name, (ROOT / name).read_bytes().decode(errors="replace"))


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT,
                         capture_output=True, text=True)
    names = out.stdout.splitlines() if out.returncode == 0 and out.stdout else []
    if not names:
        names = [str(p.relative_to(ROOT)) for top in ("gateway", "protocols", "config", "tests")
                 for pattern in patterns or ("*",) for p in (ROOT / top).rglob(pattern)]
    return [name for name in names if (ROOT / name).is_file()]


def main():
    check_top(ROOT)
    check_all_traces(tracked())
    files = [ROOT / name for name in tracked("*.cpp", "*.hpp")]
    for path in files:
        lines = path.read_text().splitlines()
        folder = folder_of(str(path.relative_to(ROOT)))
        if folder != "tests":
            check_includes(path, folder, lines)
            check_awaits(path, lines)
            check_rooms(path, str(path.relative_to(ROOT)), lines)
            check_header_comment(path, lines)
            check_statements(path, str(path.relative_to(ROOT)), lines)
        check_sizes(path, lines)
        check_words(path, folder, lines)
    for line in problems:
        print(line)
    print(f"{len(files)} files, {len(problems)} breaches")
    return 1 if problems or len(files) < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
