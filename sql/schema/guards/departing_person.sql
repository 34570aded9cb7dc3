-- A practitioner who is deactivated or deleted keeps no upcoming peer session.
create function peer_exchange.release_departing_person_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- The trigger names no column, so that the application may give this one another type.
  if tg_op = 'UPDATE' and not (old.is_active and new.is_active is not true) then
    return null;
  end if;
  perform peer_exchange.cancel_sessions_of_departing_person(old.id, tg_op = 'DELETE');
  if tg_op = 'DELETE' then
    delete from peer_exchange.calendar_feeds as feed where feed.person_id = old.id;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

comment on function peer_exchange.release_departing_person_by_owner() is
  'What peer_exchange.release_departing_person does, as the owner of the tables.';

create function peer_exchange.release_departing_person() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.release_departing_person() is
  'Trigger: cancels and refunds the upcoming peer sessions of a person who is deactivated or deleted.';

-- Deletions come one after the other. Two people who share a session and are deleted at once would
-- each wait for the other: for the session, and, by its foreign keys, for the person. This comes before
-- any row is locked, and nobody else takes this lock.
create function peer_exchange.delete_in_turn() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(tg_relid::integer, 0);
  return null;
end $$;

comment on function peer_exchange.delete_in_turn() is
  'Trigger: has people deleted one transaction after the other.';
