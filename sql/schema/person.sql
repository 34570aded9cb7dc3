-- What a person is called. Postgres inlines these functions.

create function peer_exchange.full_name(p_first_name text, p_last_name text) returns text
language sql immutable
as $$
  select nullif(btrim(coalesce(p_first_name || ' ', '') || coalesce(p_last_name, '')), '')
$$;

comment on function peer_exchange.full_name(text, text) is
  'A person''s first and last name as one text; NULL where there is neither.';

create function peer_exchange.display_name(p_first_name text, p_last_name text) returns text
language sql immutable
as $$
  select coalesce(peer_exchange.full_name(p_first_name, p_last_name), 'a colleague')
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
