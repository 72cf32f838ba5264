#!/bin/sh
# Writes the greeting into the page and lists what was made.
set -e
greeting=$1 out=$2
mkdir -p "$out"
echo "Preparing the pages in $out"
sed "s/@GREETING@/$greeting/" index.html > "$out/index.html"
cp style.css favicon.svg "$out/"
for file in "$out"/*; do
  echo "  $(basename "$file"): $(wc -c < "$file") bytes"
done
