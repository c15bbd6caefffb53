#!/usr/bin/env bash
# Fails when clang-format would change a source file. Usage: formatted.sh REPOSITORY
# Formatting differs between versions, so only version 14 judges; without it the test is skipped (77).
set -euo pipefail
cd "$1"

for program in clang-format-14 clang-format; do
  if command -v "$program" >/dev/null && "$program" --version | grep -q 'version 14\.'; then
    find solver meshes post tests \( -name '*.hpp' -o -name '*.cpp' \) -print0 |
      xargs -0 "$program" --dry-run -Werror
    exit
  fi
done
echo "clang-format 14 is not installed"
exit 77
