#!/usr/bin/env bash
# Databases of several locales, Turkish among them: each finds the same people by the same words, and folds every
# character alike, so that what was folded in one is found when its dump is restored in another.
set -euo pipefail
source "$(dirname "$0")/lib/databases.sh"
source "$(dirname "$0")/lib/dumps.sh"
source "$(dirname "$0")/lib/application.sh"

# database_of NAME OPTIONS: a database with a locale of its own, and its name in the variable of that name.
database_of() {
  fresh_database "$1"
  psql -X -q -v ON_ERROR_STOP=1 -d postgres -c "drop database ${!1}" \
    -c "create database ${!1} template template0 encoding 'UTF8' $2"
}

people() {
  run "$1" <<'SQL'
insert into public.users (first_name, last_name, user_role)
select 'Pat', name, 'osteopath'
  from unnest(array['Ærø', 'Œuvre', 'STRAẞE', 'Straße', 'ΟΔΥΣΣΕΥΣ', 'Дмитрий', 'İPEK', 'Işık', 'IRIS', 'Łódź', 'Nguyễn', E'Zu\u0308rich',
                    'ﬁrst', 'Ｗｉｄｅ', 'שלום', 'محمد', '東京', '👩🏽‍⚕️']) as name;
SQL
}

# Who is found by which words.
found() {
  ask "$1" "select asked, (select string_agg(normalize(practitioner ->> 'name'), ', ' order by practitioner ->> 'name' collate \"C\")
                             from json_array_elements(reply -> 'practitioners') as practitioner)
              from unnest(array['ærø', 'aero', 'œuvre', 'strasse', 'οδυσσευς', 'ΟΔΥΣΣΕΎΣ', 'дмитрий', 'ДМИТРИЙ', 'ipek', 'IPEK', 'ısık', 'iris', 'lodz',
                                'nguyen', 'zürich', 'first', 'wide', 'שלום', 'محمد', '東京', '⚕', 'İ', 'ı']) as asked,
                   lateral public.search_peer_practitioners(asked) as reply"
}

expected='ærø|Pat Ærø
aero|Pat Ærø
œuvre|Pat Œuvre
strasse|Pat STRAẞE, Pat Straße
οδυσσευς|Pat ΟΔΥΣΣΕΥΣ
ΟΔΥΣΣΕΎΣ|Pat ΟΔΥΣΣΕΥΣ
дмитрий|Pat Дмитрий
ДМИТРИЙ|Pat Дмитрий
ipek|Pat İPEK
IPEK|Pat İPEK
ısık|Pat Işık
iris|Pat IRIS
lodz|Pat Łódź
nguyen|Pat Nguyễn
zürich|Pat Zürich
first|Pat ﬁrst
wide|Pat Ｗｉｄｅ
שלום|Pat שלום
محمد|Pat محمد
東京|Pat 東京
⚕|Pat 👩🏽‍⚕️
İ|Pat IRIS, Pat Işık, Pat Zürich, Pat İPEK, Pat ﬁrst, Pat Ｗｉｄｅ
ı|Pat IRIS, Pat Işık, Pat Zürich, Pat İPEK, Pat ﬁrst, Pat Ｗｉｄｅ'

folds_of() {
  ask "$1" "select md5(string_agg(peer_exchange.fold(chr(code)), ',' order by code))
              from generate_series(1, 200000) as code where code not between 55296 and 57343"
}

locales=("plain|locale 'C'" "posix|lc_collate 'C' lc_ctype 'C'" "unicode|locale 'C.UTF-8'")
# Not every build has ICU.
if [ "$(ask postgres "select count(*) > 0 from pg_collation where collprovider = 'i'")" = t ]; then
  locales+=("root|locale_provider icu icu_locale 'und' locale 'C.UTF-8'" "turkish|locale_provider icu icu_locale 'tr' locale 'C'")
fi

for locale in "${locales[@]}"; do
  database_of one "${locale#*|}"
  install_extension "$one"
  people "$one"
  expect "${locale%%|*}: people are found" "$expected" "$(found "$one")"
  folds=$(folds_of "$one")
  expect "${locale%%|*}: every character is folded alike" "${former_folds:=$folds}" "$folds"
done

# The last one in the first one's locale.
database_of restored "${locales[0]#*|}"
dump_and_restore "$one" "$restored"
expect 'after a restore in another locale people are found' "$expected" "$(found "$restored")"
expect 'and setup() finds nothing to do' 'unchanged' "$(ask "$restored" 'select distinct action from peer_exchange.setup()')"
