-- Sessions of the older, two-step flow that wait to be charged. Only their client's own insert leads here, so that what
-- the application arranges, and what the practitioner or the application has accepted, is nobody's orphan. A dump keeps the rows.
create table peer_exchange.awaited_charges (
  session_id uuid        primary key,
  since      timestamptz not null default pg_catalog.now()
);
create index awaited_charges_since_idx on peer_exchange.awaited_charges (since);

comment on table peer_exchange.awaited_charges is
  'Peer sessions that their clients inserted and that are to be charged; what cancel_orphaned_sessions() looks at.';
comment on column peer_exchange.awaited_charges.since is 'When the client inserted it.';

select pg_catalog.pg_extension_config_dump('peer_exchange.awaited_charges', '');

create function peer_exchange.await_charge_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if peer_exchange.is_called_by_person() then
    insert into peer_exchange.awaited_charges (session_id)
    select session.id from inserted_rows as session where session.is_peer_booking
        on conflict do nothing;
  end if;
  return null;
end $$;

comment on function peer_exchange.await_charge_by_owner() is
  'What peer_exchange.await_charge does, as the owner of the tables.';

create function peer_exchange.await_charge() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.await_charge() is
  'Trigger: remembers which peer sessions a client has inserted that are to be charged.';

create function peer_exchange.forget_awaited_charge(p_session_id uuid, p_client_id uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if not peer_exchange.is_called_by_person() or not peer_exchange.may_act_for(p_client_id) then
    delete from peer_exchange.awaited_charges where session_id = p_session_id;
  end if;
end $$;

comment on function peer_exchange.forget_awaited_charge(uuid, uuid) is
  'Called by a guard when a session gets another status: whoever but its client sets one, accepts it.';
