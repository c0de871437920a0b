#!/usr/bin/env bash
# Every source file is as clang-format (version 14, Debian 12's) writes it.
set -eu
cd "$(dirname "$0")/../.."
formatter=$(command -v clang-format-14 || command -v clang-format || true)
[ -n "$formatter" ] || { echo "clang-format is not installed"; exit 1; }
case $("$formatter" --version) in
  *" 14."*) ;;
  *) echo "skipped: another clang-format than 14 would differ for no reason"; exit 0 ;;
esac
git ls-files -co --exclude-standard '*.cpp' '*.hpp' | xargs "$formatter" --dry-run -Werror
