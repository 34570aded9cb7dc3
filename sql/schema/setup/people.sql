-- What people have written that can't be used. It harms nobody else; but somebody meant something.
create function peer_exchange.setup_people() returns setof peer_exchange.setup_step
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(format('%s of user %s', found.subject, found.user_id), found.subject), 'conflict', found.detail, null
    from peer_exchange.people_findings() as found
$$;

comment on function peer_exchange.setup_people() is
  'Rows of setup() about values of people that can''t be used.';
