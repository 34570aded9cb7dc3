#!/usr/bin/env bash
# Runs the quick start of the README in a fresh database: each ```sql block, in order, must print what
# the ```text block after it shows, if there is one. Blanks at the ends of lines do not count.
set -euo pipefail

readme=${README:-$WORKSPACE/README.md}
blocks=$(mktemp -d)
database=readme_quick_start
trap 'rm -rf "$blocks"; dropdb --if-exists "$database"' EXIT

# 01.sql, 01.text, 02.sql …: a text block bears the number of the sql block that it follows. The
# fence that ends a block is written too, as an empty line, so that an empty block is a file as well.
awk -v folder="$blocks" '
  /^<!-- quick-start -->$/  { inside = 1 }
  /^<!-- \/quick-start -->$/ { inside = 0 }
  !inside                   { next }
  /^```/ && block           { print "" > block; close(block); block = ""; next }
  /^```sql$/                { block = sprintf("%s/%02d.sql", folder, ++number); next }
  /^```text$/               { block = sprintf("%s/%02d.text", folder, number); next }
  /^```/                    { block = "/dev/null"; next }
  block                     { print > block }
' "$readme"

without_trailing_blanks() {
  printf '%s\n' "$(sed 's/[[:blank:]]*$//' "$1")"
}

shopt -s nullglob
statements=("$blocks"/*.sql)
shown=("$blocks"/*.text)
if [[ ${#statements[@]} -eq 0 || ${#shown[@]} -eq 0 ]]; then
  echo "the README has no quick start between its marks"
  exit 1
fi

createdb "$database"
differences=0
for sql in "${statements[@]}"; do
  text=${sql%.sql}.text
  psql -X -q -v ON_ERROR_STOP=1 -d "$database" -f "$sql" > "$blocks/output" 2> "$blocks/errors" || {
    echo "a block of the quick start fails:"
    cat "$sql" "$blocks/errors"
    exit 1
  }
  [[ -f $text ]] || continue
  if ! diff -u --label README --label psql \
       <(without_trailing_blanks "$text") <(without_trailing_blanks "$blocks/output"); then
    differences=$((differences + 1))
  fi
done
exit $((differences > 0))
