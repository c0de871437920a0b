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
export CCACHE_DIR=${CCACHE_DIR:-$PWD/build/ccache}
jobs=$(nproc)

build() {  # preset, targets...
  local preset=$1
  shift
  cmake --preset "$preset" ${SIAGA_CMAKE_ARGS:-} >"build/$preset.configure.log" 2>&1 ||
    { cat "build/$preset.configure.log"; exit 1; }
  cmake --build --preset "$preset" -j "$jobs" ${*:+--target "$@"}
  echo "built $preset after $((SECONDS - started)) s"
}

mkdir -p build
build release
build asan
build tsan sanitized
build fuzz fuzzers

exec ctest --test-dir build/release --output-on-failure -j 2 --timeout 900 --no-tests=error
