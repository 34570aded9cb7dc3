-- People who were there before the trigger that keeps what they are found by.
create function peer_exchange.setup_search_entries() returns setof peer_exchange.setup_step
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  stale bigint := 0;
begin
  if peer_exchange.host_table('users') is not null then
    select count(*) into stale from peer_exchange.stale_search_entries();
  end if;
  if stale > 0 then
    return next ('rows of peer_exchange.search_entries', 'altered',
                 format('%s people can be found by name, location and specialization', stale),
                 'select peer_exchange.refresh_search_entries()')::peer_exchange.setup_step;
  end if;
end $$;

comment on function peer_exchange.setup_search_entries() is
  'Steps of setup(): what people are found by who were there before.';
