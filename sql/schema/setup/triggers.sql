-- Guard triggers. DROP EXTENSION ... CASCADE takes them; CREATE EXTENSION puts them back.
create function peer_exchange.wanted_triggers() returns setof peer_exchange.wanted_object
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select 'trigger', wanted.table_name, wanted.name, 'create trigger %1$I ' || wanted.definition, wanted.meaning
    from (values
      -- These judge and derive from the row as it will be stored, so they fire after the application's own: triggers fire
      -- in the order of their names.
      ('client_sessions', 'zzzz_peer_exchange_1_guard_change',
       'before update on %2$s for each row when (old.is_peer_booking or new.is_peer_booking) '
       || 'execute function peer_exchange.guard_session_change()', true,
       'Refuses direct changes of what carries money or identity in a peer session.'),
      ('client_sessions', 'zzzz_peer_exchange_1_guard_insert',
       'before insert on %2$s for each row when (new.is_peer_booking) execute function peer_exchange.guard_session_insert()', true,
       'A peer session that a person inserts is her own as its client, and not paid for yet.'),
      ('client_sessions', 'zzzz_peer_exchange_2_write_payment',
       'before insert or update on %2$s for each row execute function peer_exchange.write_payment()', true,
       'Writes what a booking, a charge or a cancellation makes of the payment.'),
      ('client_sessions', 'zzzz_peer_exchange_3_keep_time',
       'before insert or update on %2$s for each row execute function peer_exchange.keep_session_time()', true,
       'Derives occupied_during and occupied_timezone, and keeps the sessions of one person apart.'),
      ('client_sessions', 'peer_exchange_1_check_time',
       'after insert or update on %2$s for each row execute function peer_exchange.keep_session_time()', true,
       'Checks that these were derived from the row as it is stored.'),
      ('client_sessions', 'peer_exchange_2_await_charge',
       'after insert on %2$s referencing new table as inserted_rows for each statement '
       || 'execute function peer_exchange.await_charge()', true,
       'Remembers which sessions their clients have inserted to be charged.'),
      ('client_sessions', 'peer_exchange_3_refund',
       'after update on %2$s referencing old table as former_rows new table as present_rows '
       || 'for each statement execute function peer_exchange.refund_direct_cancellations()', true,
       'Refunds peer sessions whose status is set to cancelled directly.'),
      ('client_sessions', 'peer_exchange_4_guard_delete',
       'before delete on %2$s for each row execute function peer_exchange.guard_session_removal()', true,
       'Refuses to delete a peer session that was paid for.'),
      ('client_sessions', 'peer_exchange_5_guard_truncate',
       'before truncate on %2$s for each statement execute function peer_exchange.refuse_truncation()', true,
       'Sessions are never emptied away: refuses TRUNCATE.'),
      ('credit_transactions', 'peer_exchange_append_only',
       'before update or delete on %2$s for each row execute function peer_exchange.guard_ledger()', true,
       'The ledger is append-only: refuses UPDATE and DELETE.'),
      ('credit_transactions', 'peer_exchange_no_truncate',
       'before truncate on %2$s for each statement execute function peer_exchange.guard_ledger()', true,
       'The ledger is append-only: refuses TRUNCATE.'),
      ('notifications', 'peer_exchange_guard',
       'before update on %2$s for each row execute function peer_exchange.guard_notification()', true,
       'An ordinary role marks a notification as read and changes nothing else.'),
      ('users', 'peer_exchange_deactivation',
       'after update on %2$s for each row execute function peer_exchange.release_departing_person()', true,
       'Cancels and refunds the upcoming peer sessions of a person who is deactivated.'),
      ('users', 'peer_exchange_deletion',
       'before delete on %2$s for each row execute function peer_exchange.release_departing_person()', true,
       'Cancels and refunds the upcoming peer sessions of a person who is deleted, and closes the account.'),
      ('users', 'peer_exchange_deletion_in_turn',
       'before delete on %2$s for each statement execute function peer_exchange.delete_in_turn()', true,
       'People are deleted one transaction after the other, so that they never wait for each other.'),
      ('users', 'peer_exchange_search',
       'after insert or update or delete on %2$s for each row execute function peer_exchange.keep_search_entry()', true,
       'Keeps what a person is found by.'),
      ('practitioner_availability', 'peer_exchange_guard_hours',
       'before insert or update on %2$s for each row execute function peer_exchange.guard_hours()',
       peer_exchange.is_made_by_setup('practitioner_availability') or peer_exchange.host_table('practitioner_availability') is null,
       'Refuses hours and time zones that nobody can read.'),
      ('cancellation_policies', 'peer_exchange_guard_policy',
       'before insert or update on %2$s for each row execute function peer_exchange.guard_policy()',
       peer_exchange.is_made_by_setup('cancellation_policies') or peer_exchange.host_table('cancellation_policies') is null,
       'Refuses cancellation policies that can''t be kept.'),
      ('credits', 'peer_exchange_no_truncate',
       'before truncate on %2$s for each statement execute function peer_exchange.refuse_truncation()', true,
       'Balances are never emptied away: refuses TRUNCATE.'),
      ('credits', 'peer_exchange_mirror',
       'before insert or update on %2$s for each row execute function peer_exchange.mirror_balance()',
       peer_exchange.has_column(peer_exchange.host_table('credits'), 'current_balance'),
       'Keeps balance and its older twin current_balance equal.'),
      -- Before any trigger of the application, which may read it.
      ('client_sessions', '0_peer_exchange_time_zone',
       'before insert or update on %2$s for each row execute function peer_exchange.fill_session_time_zone()',
       peer_exchange.has_text_column('client_sessions', 'session_timezone'),
       'Fills session_timezone of peer sessions that are booked or moved.'),
      ('notifications', 'peer_exchange_mirror',
       'before insert on %2$s for each row execute function peer_exchange.mirror_notification()',
       peer_exchange.has_column(peer_exchange.host_table('notifications'), 'user_id')
       or peer_exchange.has_column(peer_exchange.host_table('notifications'), 'message')
       or peer_exchange.has_column(peer_exchange.host_table('notifications'), 'metadata'),
       'Fills the older twins user_id, message and metadata of a notification.'),
      ('notifications', 'peer_exchange_mirror_read',
       'before update on %2$s for each row execute function peer_exchange.mirror_read()',
       exists (select from pg_attribute
                where attrelid = peer_exchange.host_table('notifications') and attname = 'read'
                  and atttypid = 'boolean'::regtype and attgenerated = '' and not attisdropped),
       'Keeps read_at and its older twin read equal.')
    ) as wanted (table_name, name, definition, is_needed, meaning)
   where wanted.is_needed
$$;

comment on function peer_exchange.wanted_triggers() is
  'The guard triggers, and the mirrors of those twin columns that there are.';

create function peer_exchange.setup_triggers() returns setof peer_exchange.setup_step
language sql
set search_path = pg_catalog, pg_temp
as $$
  (select format('trigger %s on %s', former.tgname, former.tgrelid::regclass), 'altered', 'dropped: nothing needs it any more',
          format('drop trigger %I on %s', former.tgname, former.tgrelid::regclass)
     from pg_trigger as former
     join peer_exchange.own_functions() as own on own.id = former.tgfoid
     join peer_exchange.host_tables() as host (name, meaning) on former.tgrelid = peer_exchange.host_table(host.name)
    where not exists (select from peer_exchange.wanted_triggers() as wanted
                       where wanted.table_name = host.name and wanted.name = former.tgname)
    order by host.name, former.tgname)
  union all
  select step.*
    from peer_exchange.wanted_triggers() as wanted
   cross join lateral peer_exchange.step_towards(wanted) as step
$$;

comment on function peer_exchange.setup_triggers() is 'Steps of setup(): guard triggers and mirrors of twin columns.';
