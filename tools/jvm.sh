# shellcheck shell=bash
# How Genkan's JVM is started; sourced by ./genkan and tools/install-run.sh, which have to agree for the AOT cache to be of use.
# SPDX-License-Identifier: Apache-2.0

# The JVM's own warnings must not stand among a command's output. Serial: 22 to 28 ms at worst, and the smallest footprint; the path of a
# frame allocates nothing, so that it hardly ever runs.
# shellcheck disable=SC2034 # used by who sources this
jvm_options=(
  --enable-native-access=ALL-UNNAMED
  -XX:+UseCompactObjectHeaders
  -XX:+UseSerialGC
  -Xlog:disable
  -Xlog:all=error:stderr
)

# class_path FOLDER: all jars below it, in the same order everywhere.
class_path() {
  local LC_ALL=C IFS=: jars=("$1"/lib/*.jar)
  printf '%s' "${jars[*]}"
}
