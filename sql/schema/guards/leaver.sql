-- A practitioner who is deactivated or deleted keeps no upcoming peer session.
create function peer_exchange.release_leaver() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform peer_exchange.cancel_sessions_of_leaver(old.id, tg_op = 'DELETE');
  return case when tg_op = 'DELETE' then old else new end;
end $$;

comment on function peer_exchange.release_leaver() is
  'Trigger: cancels and refunds the upcoming peer sessions of a person who is deactivated or deleted.';
