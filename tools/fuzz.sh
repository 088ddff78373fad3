#!/usr/bin/env bash
# Runs the Jazzer targets in fuzzing mode, one after another: tools/fuzz.sh [--minutes N] [--target CLASS]; called by ./build fuzz, which
# has compiled everything.
# SPDX-License-Identifier: Apache-2.0
#
# What the fuzzer learned (corpus/) and what it found (CLASS.METHOD/) stay below the user's state folder, outside of the tree, so that
# neither a clean build nor git loses or swallows them. Exit code 1 when there is a finding.
set -euo pipefail
shopt -s nullglob globstar

home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cd "$home"

minutes=10 only=""
while [[ $# -gt 0 ]]; do
  case $1 in
    --minutes) minutes=${2:-} ; shift 2 || shift ;;
    --target) only=${2:-} ; shift 2 || shift ;;
    *) echo "fuzz: unknown option: $1" >&2; exit 2 ;;
  esac
done
[[ $minutes =~ ^[1-9][0-9]*$ ]] || { echo "fuzz: --minutes needs a whole number, not \"$minutes\"" >&2; exit 2; }

kept=${XDG_STATE_HOME:-$HOME/.local/state}/genkan/fuzz

# Targets as "MODULE CLASS METHOD", one a line.
targets() {
  local file module class
  for file in */src/test/java/**/*FuzzTest.java; do
    module=${file%%/*}
    class=${file#*/src/test/java/}
    class=${class%.java}
    sed -n '/@FuzzTest/,/(/ s/^.*void \([A-Za-z0-9_]*\)(.*$/\1/p' "$file" | sed "s#^#$module ${class//\//.} #"
  done
}

mapfile -t chosen < <(targets | { if [[ -n $only ]]; then grep -E "(^| |\.)$only( |$)" || true; else cat; fi; })
[[ ${#chosen[@]} -gt 0 ]] || { echo "fuzz: no target${only:+ named $only}" >&2; exit 2; }

seconds=$((minutes * 60 / ${#chosen[@]}))
[[ $seconds -ge 10 ]] || seconds=10
echo "fuzz: ${#chosen[@]} targets, $seconds s each; corpus and findings in $kept"

mkdir -p target/logs
findings=0
for target in "${chosen[@]}"; do
  read -r module class method <<< "$target"
  folder=$kept/$class.$method
  log=target/logs/fuzz-$class.$method.log
  mkdir -p "$folder" "$kept/corpus"
  # Jazzer insists on a folder of this name beside the module's pom.
  ln -sfn "$kept/corpus" "$module/.cifuzz-corpus"
  status=0
  JAZZER_FUZZ=1 JAZZER_MAX_DURATION=${seconds}s \
    mvn -B -ntp test -pl "$module" -am -Dtest="$class#$method" -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true \
    -Dtest.reruns=0 \
    < /dev/null > "$log" 2>&1 || status=$?
  # What the fuzzer found counts, even when Maven tried again and did not find it within its time.
  # Jazzer puts it beside the target's seeds where the module has test resources.
  for crash in {.,"$module","$module/src/test/resources/${class//.//}Inputs/$method"}/{crash,timeout,oom,leak}-*; do
    mv "$crash" "$folder/"
    status=1
  done
  rm -f "$module/.cifuzz-corpus"
  runs=$(grep -oE '^#[0-9]+' "$log" | tail -n 1 | tr -d '#' || true)
  if [[ $status -eq 0 ]]; then
    printf '  ok       %-70s %s inputs\n' "$class.$method" "${runs:-?}"
  else
    findings=$((findings + 1))
    printf '  FINDING  %-70s see %s and %s\n' "$class.$method" "$folder" "$log"
    grep -m 1 -E '^com.code_intelligence.*Finding|ERROR: libFuzzer|^\[ERROR\]' "$log" | sed 's/^/           /' || true
  fi
done

[[ $findings -eq 0 ]] || { echo "fuzz: $findings of ${#chosen[@]} targets found something" >&2; exit 1; }
echo "fuzz: nothing found"
