-- A session that was paid for stays: the ledger refers to it.
create function peer_exchange.guard_session_removal_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.is_peer_booking
     and peer_exchange.was_charged(old.id)
     -- It goes with a person who is being deleted, where the application's foreign key wants it so.
     and (old.therapist_id is null or exists (select from public.users where id = old.therapist_id))
     and (old.client_id is null or exists (select from public.users where id = old.client_id))
  then
    raise restrict_violation using
      message = 'a peer session that has been paid for can''t be deleted',
      hint    = 'Cancel it instead; that gives the credits back.';
  end if;
  return old;
end $$;

comment on function peer_exchange.guard_session_removal_by_owner() is
  'What peer_exchange.guard_session_removal does, as the owner of the tables.';

create function peer_exchange.guard_session_removal() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.guard_session_removal() is
  'Trigger: refuses to delete sessions that have been paid for.';
