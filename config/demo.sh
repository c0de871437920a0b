#!/usr/bin/env bash
# The main job, live: an agency's alert over a real broker to duty officers by SMS, email and radio,
# and another while the SMSC is gone and a GSM modem stands by.
#   bash config/demo.sh          builds, plays the story, then stays up for exploring (Ctrl-C ends it)
#   bash config/demo.sh --once   ends after the story: 0 when all of it was really observed
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  "" | --once) ;;
  *) sed -n '2,5s/^# *//p' "$0"; exit 64 ;;
esac

bash config/install.sh run
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
mkdir -p build
if ! { cmake --preset release && cmake --build --preset release -j "$(nproc)" \
    --target siaga siaga_test_smsc siaga_test_modem siaga_test_mailsink; } >build/demo-build.log 2>&1; then
  tail -n 30 build/demo-build.log
  echo "demo.sh: the build failed; all of it is in build/demo-build.log" >&2
  exit 1
fi
exec /usr/bin/python3 config/demo/story.py build/release "$@"
