#!/usr/bin/env bash
# Puts the jars of a finished build where the launcher looks for them. Called by Maven at the end of the appliance module's package phase.
# SPDX-License-Identifier: Apache-2.0
#
# target/run/NUMBER/lib gets all jars, then target/run/current points there. A running appliance keeps a shared lock on the folder that it
# was started from, so that a rebuild never pulls the jars from under it; folders that nobody runs from are removed.
set -euo pipefail
shopt -s nullglob

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
source tools/jvm.sh
folder=$PWD/target/run/$(date +%s%N)
mkdir -p "$folder/lib"
cp appliance/target/lib/*.jar appliance/target/appliance-*.jar "$folder/lib/"

# Sources that are newer than this file make the launcher build again; ./build touches it before it starts.
stamp=target/run/.started
[[ -e $stamp ]] || touch "$stamp"
touch -r "$stamp" "$folder/built"

# A training run does what a box does in its first minute: it loads rules and signatures, plays conversations to all engines, and replays one frame. The AOT
# cache that the JVM makes of it holds the classes and what was counted about methods, so that a box starts sooner and compiles at once what will be needed
# (docs/adr/0022-training.md). Nothing depends on it: without the file the JVM does without.
train() {
  local work
  work=$(mktemp -d)
  # A classic pcap (microseconds, Ethernet) with one ARP request of 42 octets.
  printf '\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0\0\0\0\0\0\0\0\0\x2a\0\0\0\x2a\0\0\0' > "$work/one.pcap"
  printf '\xff\xff\xff\xff\xff\xff\x02\0\0\0\0\x01\x08\x06\0\x01\x08\0\x06\x04\0\x01\x02\0\0\0\0\x01\xc0\0\x02\x01\0\0\0\0\0\0\xc0\0\x02\x02' \
    >> "$work/one.pcap"
  timeout 120 "${JAVA_HOME:-/usr}/bin/java" "${jvm_options[@]}" "${run_options[@]}" "-XX:AOTCacheOutput=$folder/genkan.aot" -cp "$(class_path "$folder")" \
    jp.genkan.appliance.Main train --out "$work/out" --pcap "$work/one.pcap" --seconds 15 --conversations 3000 > "$work/log" 2>&1 \
    || { printf 'install-run: no AOT cache, starts will be slower: %s\n' "$(tail -n 1 "$work/log")" >&2; rm -f "$folder/genkan.aot"; }
  rm -rf "$work" "$folder/genkan.aot.config"
}
train

ln -sfn "$(basename "$folder")" "target/run/.next.$$"
mv -T "target/run/.next.$$" target/run/current
for old in target/run/[0-9]*; do
  if [[ ! $old -ef target/run/current ]]; then
    flock -n "$old" rm -rf "$old" || true
  fi
done
