#!/usr/bin/env bash
# Builds everything and runs every test; ends with ctest's summary. Safe to repeat; see --help.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  --help)
    echo "usage: bash tests/run.sh"
    echo "  Installs what is missing, builds the presets release, asan, tsan and fuzz, and runs the"
    echo "  tests: unit, transcript, contract, scenario, peers, crash, architecture, sanitizers, fuzz."
    exit 0 ;;
esac

started=$SECONDS
bash config/install.sh test
# One cache for all checkouts and presets.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-10G}
jobs=$(nproc)

build() {  # preset, configure options, targets...
  local preset=$1 options=$2
  shift 2
  # shellcheck disable=SC2086
  cmake --preset "$preset" $options >"build/$preset.configure.log" 2>&1 ||
    { cat "build/$preset.configure.log"; exit 1; }
  cmake --build --preset "$preset" -j "$jobs" ${*:+--target "$@"} >"build/$preset.build.log" 2>&1 ||
    { grep -E "error|FAILED|warning" -A 5 "build/$preset.build.log" | head -100; exit 1; }
  echo "built $preset after $((SECONDS - started)) s"
}

mkdir -p build
build release -DSIAGA_SUITES=ON
build asan "" programs siaga
build tsan "-DSIAGA_TEST_FOLDERS=scenarios;journal;mqtt" threads
build fuzz "" fuzzers

outcome=0
ctest --test-dir build/release --output-on-failure --timeout 900 --no-tests=error \
  | tee build/ctest.log || outcome=$?
if [ "$outcome" != 0 ]; then
  echo "What failed, in its own words:"
  grep -hE -A 3 '^FAILED |: FAILED:|\*\*\*(Failed|Timeout|Exception)' build/release/Testing/Temporary/LastTest.log | head -150 || true
fi
echo "What the fault tests counted, and what was skipped:"
grep -hE '^(crash|skipped|fault):' build/release/Testing/Temporary/LastTest.log || true
echo "after $((SECONDS - started)) s:"
grep -E 'tests passed|tests failed' build/ctest.log
exit "$outcome"
