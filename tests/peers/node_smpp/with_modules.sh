#!/bin/sh
# Fetches the npm package smpp, as pinned in package-lock.json, into FOLDER, once; then becomes the
# program named, in whose `node` it is found. Without node, npm or network: exit 77.
# usage: with_modules.sh FOLDER PROGRAM [ARGUMENT]...
set -eu
here=$(dirname "$0")
folder=$1
shift

skip() { echo "skipped: $1"; exit 77; }

command -v node >/dev/null || skip "node is not installed"
if ! cmp -s "$here/package-lock.json" "$folder/fetched.json"; then
  command -v npm >/dev/null || skip "npm is not installed"
  mkdir -p "$folder"
  cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$folder"
  (cd "$folder" && timeout 120 npm ci --prefer-offline) || skip "npm could not fetch the package smpp"
  cp "$here/package-lock.json" "$folder/fetched.json"
fi
NODE_PATH=$(cd "$folder" && pwd)/node_modules
export NODE_PATH
exec "$@"
