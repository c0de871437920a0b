"""Where tests write: below the build directory. Of a world that failed everything stays, below failed/,
and the ends of its programs' logs are printed."""
import contextlib
import pathlib
import shutil
import tempfile

LINES_SHOWN = 40
TOO_LARGE = "*.img"


@contextlib.contextmanager
def scratch(build, name):
    """A directory of the test's own, gone at the end; after a failure it is build/failed/NAME."""
    build = pathlib.Path(build).resolve()
    (build / "scratch").mkdir(parents=True, exist_ok=True)
    place = pathlib.Path(tempfile.mkdtemp(prefix=f"{name}-", dir=build / "scratch"))
    try:
        yield place
    except BaseException as failure:
        if not isinstance(failure, (SystemExit, KeyboardInterrupt)):
            tell(keep(build, place, name))
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


def keep(build, place, name):
    kept = build / "failed" / name
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(place, kept, symlinks=True, ignore=shutil.ignore_patterns(TOO_LARGE),
                    copy_function=copy_file)
    return kept


def copy_file(source, target):
    """Pipes, terminals and sockets are of no use afterwards, and copying them would wait for ever."""
    if pathlib.Path(source).is_file():
        shutil.copy2(source, target)


def tell(kept):
    """The last lines of each program."""
    for log in sorted(kept.glob("*.log")):
        lines = log.read_text(errors="replace").splitlines()
        print(f"---- {log.name}, {len(lines)} lines, the last of them:")
        print("\n".join(lines[-LINES_SHOWN:]))
    print(f"---- all of it is in {kept}", flush=True)
