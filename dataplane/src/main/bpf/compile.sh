#!/bin/sh
# Compiles the eBPF programs: compile.sh FOLDER-FOR-OBJECTS. Called by Maven.
# SPDX-License-Identifier: Apache-2.0
set -eu
if ! command -v clang > /dev/null; then
  echo "clang is missing, which compiles the eBPF programs of dataplane: apt-get install clang (./build does it)" >&2
  exit 1
fi
cd "$(dirname "$0")"
mkdir -p "$1"
for program in gate fanout; do
  clang -O2 -Wall -Wextra -Werror -target bpfel -mcpu=v3 -c "$program.c" -o "$1/$program.o"
done
