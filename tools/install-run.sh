#!/usr/bin/env bash
# Puts the jars of a finished build where the launcher looks for them. Called by Maven at the end of the appliance module's package phase.
# SPDX-License-Identifier: Apache-2.0
#
# target/run/NUMBER/lib gets all jars, then target/run/current points there. A running appliance keeps a shared lock on the folder that it
# was started from, so that a rebuild never pulls the jars from under it; folders that nobody runs from are removed.
set -euo pipefail
shopt -s nullglob

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
folder=target/run/$(date +%s%N)
mkdir -p "$folder/lib"
cp appliance/target/lib/*.jar appliance/target/appliance-*.jar "$folder/lib/"

# Sources that are newer than this file make the launcher build again; ./build touches it before it starts.
stamp=target/run/.started
[[ -e $stamp ]] || touch "$stamp"
touch -r "$stamp" "$folder/built"

ln -sfn "$(basename "$folder")" "target/run/.next.$$"
mv -T "target/run/.next.$$" target/run/current
for old in target/run/[0-9]*; do
  if [[ ! $old -ef target/run/current ]]; then
    flock -n "$old" rm -rf "$old" || true
  fi
done
