# shellcheck shell=bash
# How Genkan's JVM is started; sourced by ./genkan and tools/install-run.sh, which have to agree for the AOT cache to be of use.
# SPDX-License-Identifier: Apache-2.0

# The JVM's own warnings must not stand among a command's output. Serial: the fastest, whose long
# collections are planned (ADR 25). UseProfiledLoopPredicate lets loops over memory of several kinds be compiled up to a
# hundred times.
# shellcheck disable=SC2034 # used by who sources this
jvm_options=(
  --enable-native-access=ALL-UNNAMED
  -XX:+UseCompactObjectHeaders
  -XX:+UseSerialGC
  -XX:-UseProfiledLoopPredicate
  -Xlog:disable
  -Xlog:all=error:stderr
)

# Of a running box, and of the training run for it. The heap gives back what loading rules needed, and the C library what compiling took.
# shellcheck disable=SC2034
run_options=(
  -Xms64m
  -Xmx512m
  -XX:MinHeapFreeRatio=20
  -XX:MaxHeapFreeRatio=40
  -XX:-ShrinkHeapInSteps
  -XX:TrimNativeHeapInterval=30000
)

# class_path FOLDER: all jars below it, in the same order everywhere.
class_path() {
  local LC_ALL=C IFS=: jars=("$1"/lib/*.jar)
  printf '%s' "${jars[*]}"
}
