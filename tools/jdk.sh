# shellcheck shell=bash
# Finds a JDK 25; sourced by ./build and ./genkan, never run by itself.
# SPDX-License-Identifier: Apache-2.0

# is_jdk_25 FOLDER: whether a Java 25 lives there. Reads one file instead of starting a JVM.
is_jdk_25() {
  [[ -x $1/bin/java && -r $1/release ]] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

# find_jdk: sets and exports JAVA_HOME, or returns 1. JAVA_HOME wins when it is a JDK 25, because then somebody chose it.
find_jdk() {
  local folder
  for folder in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*25* "$(java_on_path)"; do
    if [[ -n $folder ]] && is_jdk_25 "$folder"; then
      export JAVA_HOME=$folder
      return 0
    fi
  done
  return 1
}

# java_on_path: the home of the `java` that the shell would start, if there is one.
java_on_path() {
  local program
  program=$(command -v java) || return 0
  dirname "$(dirname "$(readlink -f "$program")")"
}
