-- What people are found by: their words, folded by the library so that neither case nor accents matter, beside the
-- application's own table. Derived, and filled by a trigger on users and by setup().
--
-- Substrings are looked up by their trigrams, in an index of core Postgres: no other extension is
-- needed, and it is the same on every server.

create function peer_exchange.search_words(p_person jsonb) returns text
language plpgsql immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  specializations jsonb := p_person -> 'specializations';
  folded          text;
begin
  if jsonb_typeof(specializations) = 'array' then
    select string_agg(peer_exchange.fold(entry), E'\t' order by position)
      into folded
      from jsonb_array_elements_text(specializations) with ordinality as listed (entry, position)
     where position <= 50;
  else
    folded := peer_exchange.fold(specializations #>> '{}');
  end if;
  return concat_ws(E'\n',
    peer_exchange.fold(peer_exchange.full_name(p_person ->> 'first_name', p_person ->> 'last_name')),
    peer_exchange.fold(p_person ->> 'location'),
    coalesce(folded, ''));
end $$;

comment on function peer_exchange.search_words(jsonb) is
  'What a person is found by, a line each: name, location, specializations (separated by tabs).';

create function peer_exchange.trigrams(p_words text) returns text[]
language sql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
  select coalesce(array_agg(distinct substr(line, position, 3)), '{}')
    from regexp_split_to_table(p_words, '[\n\t]') as line
   cross join generate_series(1, length(line) - 2) as position
$$;

comment on function peer_exchange.trigrams(text) is
  'Every three characters that stand side by side in a text, for the index of substrings.';

create function peer_exchange.search_pattern(p_text text) returns text
language plpgsql immutable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
as $$
begin
  return '%' || regexp_replace(peer_exchange.fold(p_text), '([\\%_])', '\\\1', 'g') || '%';
end $$;

comment on function peer_exchange.search_pattern(text) is
  'The LIKE pattern for a text that is to be found anywhere, with nothing in it that LIKE would take for a wildcard.';

create table peer_exchange.search_entries (
  user_id uuid primary key,
  words   text not null
);
create index search_entries_trigrams on peer_exchange.search_entries using gin ((peer_exchange.trigrams(words) collate "C"));

comment on table peer_exchange.search_entries is
  'What people are found by; follows from users, never written by hand.';
comment on column peer_exchange.search_entries.user_id is 'The person.';
comment on column peer_exchange.search_entries.words is
  'Name, location and specializations as search_words() folds them.';

-- A dump restores the table's rows before there is a trigger to fill it.
select pg_catalog.pg_extension_config_dump('peer_exchange.search_entries', '');

-- The columns of a person are read by way of JSON. What can't be read there is not found.
create function peer_exchange.profile_of(p_person json) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.readable_columns(p_person::text, array['id', 'first_name', 'last_name', 'location', 'specializations'])
$$;

comment on function peer_exchange.profile_of(json) is
  'What search_words() is about, of a row of users.';

-- The columns are read by way of JSON, and the trigger names none of them: the application may give them
-- other types, or do without them, and no migration of its own is in the way of ours.
create function peer_exchange.keep_search_entry_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  former  jsonb := peer_exchange.profile_of(to_json(old));
  present jsonb := peer_exchange.profile_of(to_json(new));
begin
  if tg_op = 'UPDATE' and former is not distinct from present then
    return null;
  end if;
  if former is not null then
    delete from peer_exchange.search_entries where user_id = old.id;
  end if;
  if present is not null then
    insert into peer_exchange.search_entries (user_id, words)
    values (new.id, peer_exchange.search_words(present))
    on conflict (user_id) do update set words = excluded.words;
  end if;
  return null;
end $$;

comment on function peer_exchange.keep_search_entry_by_owner() is
  'What peer_exchange.keep_search_entry does, as the owner of the tables.';

create function peer_exchange.keep_search_entry() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.keep_search_entry() is
  'Trigger on users: keeps what a person is found by.';

-- Who can't be found as they are.
create function peer_exchange.stale_search_entries() returns table (user_id uuid, words text)
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return query
  select person.id, present.words
    from public.users as person
    left join peer_exchange.search_entries as entry on entry.user_id = person.id
   cross join lateral (select peer_exchange.search_words(peer_exchange.profile_of(to_json(person.*))) as words offset 0) as present
   where entry.words is distinct from present.words;
end $$;

comment on function peer_exchange.stale_search_entries() is
  'People whose entry is missing or says something else than their row.';

create function peer_exchange.refresh_search_entries_by_owner() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into peer_exchange.search_entries as entry (user_id, words)
  select stale.user_id, stale.words from peer_exchange.stale_search_entries() as stale
      on conflict (user_id) do update set words = excluded.words;
  delete from peer_exchange.search_entries as entry
   where not exists (select from public.users as person where person.id = entry.user_id);
end $$;

comment on function peer_exchange.refresh_search_entries_by_owner() is
  'What peer_exchange.refresh_search_entries does, as the owner of the tables.';

create function peer_exchange.refresh_search_entries() returns void
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.refresh_search_entries() is
  'Called by setup(): brings the entries in line with people who are older than their trigger.';
