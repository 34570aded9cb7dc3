-- What a person is called. Postgres inlines these functions.

create function peer_exchange.full_name(p_first_name text, p_last_name text) returns text
language sql immutable
as $$
  select nullif(btrim(coalesce(p_first_name || ' ', '') || coalesce(p_last_name, '')), '')
$$;

comment on function peer_exchange.full_name(text, text) is
  'A person''s first and last name as one text; NULL where there is neither.';

-- A table may admit a name of millions of characters, and it is in the lists of others as often as they have sessions together.
create function peer_exchange.display_name(p_first_name text, p_last_name text) returns text
language sql immutable
as $$
  select coalesce(left(peer_exchange.full_name(p_first_name, p_last_name), 200), 'a colleague')
$$;

comment on function peer_exchange.display_name(text, text) is
  'What others are told a person is called: her name, else a word that tells nothing of her; never her address.';

-- The one column is read, and no other: what is written there is nobody's business here. Only asked where there is such a
-- setting.
create function peer_exchange.has_opted_in(p_person json) returns boolean
language sql stable
as $$
  select case when peer_exchange.opt_in_column() = '' then true
              else coalesce(lower(peer_exchange.readable_columns(p_person::text, array[peer_exchange.opt_in_column()])
                                  ->> peer_exchange.opt_in_column()) = 'true', false) end
$$;

comment on function peer_exchange.has_opted_in(json) is
  'Whether a row of users takes part: true in the column of the setting opt_in_column, or no such setting.';

-- Where an application keeps it; one of its own under such a name, of whatever type, counts if it reads like a language.
create function peer_exchange.language_of(p_person json) returns text
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select replace(split_part(split_part(kept.value, '.', 1), '@', 1), '_', '-')
    from unnest(array['language', 'preferred_language', 'locale']) with ordinality as looked_at (name, position)
   cross join lateral (
         select peer_exchange.readable_columns(p_person::text, array[looked_at.name]) ->> looked_at.name as value) as kept
   where kept.value ~ '^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8}){0,5}([.@][A-Za-z0-9.@_-]{1,40})?$'
   order by looked_at.position
   limit 1
$$;

comment on function peer_exchange.language_of(json) is
  'The language that a row of users says of a person, such as de or pt-BR; NULL where it says none.';
