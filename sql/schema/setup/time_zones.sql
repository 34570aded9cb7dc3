-- Time zones that nobody lists. They harm nobody: the setting counts. But somebody meant something else.
create function peer_exchange.setup_time_zones() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if not peer_exchange.has_column(peer_exchange.host_table('practitioner_availability'), 'timezone') then
    return;
  end if;
  return query
    select format('time zone of user %s', published.user_id), 'conflict',
           format('%s is none that pg_timezone_names lists, so %s counts; set practitioner_availability.timezone right',
                  quote_literal(published.timezone), peer_exchange.default_time_zone()), null
      from public.practitioner_availability as published
     where btrim(published.timezone::text) <> ''
       and not peer_exchange.is_time_zone(btrim(published.timezone::text))
     order by published.user_id;
end $$;

comment on function peer_exchange.setup_time_zones() is
  'Rows of setup() about time zones that are none.';
