#!/usr/bin/env bash
# The antivirus beside yara and clamscan with the same signatures on the same files:
#   tools/av-bench.sh YARA-FOLDER[,FOLDER...] CLAMAV-FOLDER [ROUNDS]
# Needs yara, yarac, clamscan, zip, 7z, xz, and what ./build bench has compiled (or CLASSPATH). Files: programs and texts of this machine,
# and archives that are made of them.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

[[ $# -ge 2 ]] || { sed -n '2,5p' "$0" >&2; exit 2; }
rules=$1 clam=$2 rounds=${3:-3}
for tool in yara yarac clamscan zip 7z xz; do
  command -v "$tool" > /dev/null || { echo "av-bench: $tool is not installed" >&2; exit 3; }
done
home=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
cd "$home"
classes=${CLASSPATH:-av-engine/target/test-classes:$(< testbed/target/test-class-path.txt)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/lists" "$work/packed"

# A sample that is the same each time on the same machine.
find /usr/bin -maxdepth 1 -type f -size +1k -size -10M | sort | awk 'NR % 12 == 0' | head -60 > "$work/lists/programs"
find /usr/share \( -name '*.html' -o -name '*.txt' -o -name '*.xml' -o -name '*.js' -o -name '*.pdf' -o -name '*.docx' \) -type f -size +2k -size -2M |
  sort | awk 'NR % 7 == 0' | head -400 > "$work/lists/documents"

split -n l/8 "$work/lists/programs" "$work/part-"
for part in "$work"/part-*; do
  mapfile -t files < "$part"
  name=$work/packed/$(basename "$part")
  tar -czPf "$name.tar.gz" "${files[@]}"
  tar -cPf - "${files[@]}" | xz -T1 > "$name.tar.xz"
  zip -q -j "$name.zip" "${files[@]}"
  7z a -bd "$name.7z" "${files[@]}" > /dev/null
done
find "$work/packed" -type f | sort > "$work/lists/archives"

"${JAVA_HOME:-/usr}/bin/java" -XX:+UseSerialGC -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$classes" \
  jp.genkan.av.scan.AntivirusComparison "$rounds" "$work/lists" "$work" "$rules" "$clam"
