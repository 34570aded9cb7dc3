-- Functions whose definition is not in these files, and small ones that need no more than a line.

-- What stands behind the wrappers, for those who list the schema in psql. A function for its fixed search_path, and only
-- for as long as it runs.
create function peer_exchange.comment_on_what_is_wrapped() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  wrapped record;
begin
  for wrapped in
    select ours.name, ours.arguments from peer_exchange.functions() as ours where ours.is_in_public and ours.caller = 'person'
  loop
    execute format('comment on function peer_exchange.%1$I(%2$s) is %3$L', wrapped.name, wrapped.arguments,
                   format('Behind public.%s.', wrapped.name));
  end loop;
end $$;

select peer_exchange.comment_on_what_is_wrapped();
drop function peer_exchange.comment_on_what_is_wrapped();

comment on function peer_exchange.grant_credits(uuid, integer, text, text) is
  'Grants p_amount credits to a person, with a bonus row in the ledger; under one p_idempotency_key only once. For service_role and the owner.';
comment on function peer_exchange.adjust_credits(uuid, integer, text, text) is
  'Corrects what a person has by p_amount credits, below zero to take some, with an adjustment row in the ledger; what the balance does not have is owed. Under one p_idempotency_key only once. For service_role and the owner.';
comment on function peer_exchange.charge_session(uuid) is
  'Charges an inserted peer session once, also when it is over; replies like process_peer_booking_credits. For service_role and the owner.';
comment on function peer_exchange.cancel_session(uuid, text, text) is
  'Cancels a peer session on behalf of its client, its practitioner or the application, and gives back what that side''s cancellation gives back; replies like process_peer_booking_refund. For service_role and the owner.';
comment on function peer_exchange.busy_function() is 'The setting peer_exchange.busy_function.';
comment on function peer_exchange.opt_in_column() is 'The setting peer_exchange.opt_in_column.';
comment on function peer_exchange.default_policy() is
  'The settings default_full_refund_hours, default_partial_refund_hours and default_partial_refund_percent.';
comment on function peer_exchange.early_start_minutes() is
  'The setting peer_exchange.early_start_minutes.';
comment on function peer_exchange.may_act_for(uuid) is
  'Whether the writer is this person or may act for anybody.';
comment on function peer_exchange.payment_under_way() is
  'Called by a trigger on client_sessions: what the library''s own statement makes of the payment.';
comment on function peer_exchange.allocate_credits(integer, text, text, uuid[]) is
  'Grants p_amount credits to the next 500 people who have nothing for p_period yet, of every active practitioner or of p_user_ids; returns how many, 0 when all have it. Call it until then, each time in a transaction of its own. For service_role and the owner.';
comment on function peer_exchange.cancel_orphaned_sessions(interval) is
  'Cancels peer sessions that their clients inserted for the two-step flow longer than p_older_than ago and that were neither charged nor accepted since; returns how many. For service_role and the owner.';
comment on function peer_exchange.send_due_reminders() is
  'Reminds both parties of every paid session that begins within one of the setting reminder_minutes_before, each once; returns how many notifications it wrote. To be run every minute. For service_role and the owner.';
comment on function peer_exchange.cancel_sessions_of_departing_person(uuid, boolean) is
  'Called by the trigger on users: cancels and refunds upcoming peer sessions; closes the account of a deleted person.';
comment on function peer_exchange.cancellation_terms(uuid, uuid) is
  'Called by the trigger on client_sessions: what a session that is cancelled directly says of its payment.';
comment on function peer_exchange.refund_cancelled_sessions(jsonb) is
  'Called by the trigger on client_sessions: refunds sessions whose status was set to cancelled directly.';
comment on function peer_exchange.exclude_by_index(oid, text, oid[]) is
  'Called by exclude_overlaps(): makes an exclusion constraint of an index.';
comment on function peer_exchange.release_expired_holds(uuid[]) is
  'Sets those of these sessions to expired whose payment is overdue, so that their slots are free.';
comment on function peer_exchange.require_may_act_for(uuid) is
  'Raises 42501 unless the writer is this person or may act for anybody.';
comment on function peer_exchange.is_called_by_person() is
  'Whether the writer is a signed-in person, by the effective role, rather than the application or an administrator.';
comment on function peer_exchange.is_time_zone(text) is
  'Whether Postgres knows a time zone of this name.';
comment on function peer_exchange.default_time_zone() is
  'The setting peer_exchange.timezone.';
comment on function peer_exchange.purge_refusals() is
  'Deletes refused calls that are older than peer_exchange.refusal_retention_days; returns how many. For service_role and the owner.';
comment on function peer_exchange.refusal_retention_days() is
  'The setting peer_exchange.refusal_retention_days.';
comment on function peer_exchange.max_delivery_attempts() is
  'The setting peer_exchange.max_delivery_attempts.';
comment on function peer_exchange.is_delivery_on() is
  'Whether the setting peer_exchange.delivery has notifications delivered.';
comment on function peer_exchange.practitioner_roles() is
  'The setting peer_exchange.practitioner_roles, as a list.';
comment on function peer_exchange.host_table(text) is 'A host table, or NULL where it does not exist.';
comment on function peer_exchange.host_owner() is
  'The owner of the sessions, as whom the library acts; before there are any, of the host tables that exist.';
comment on function peer_exchange.has_column(regclass, text) is 'Whether a table has a column.';
comment on function peer_exchange.is_made_by_setup(text) is
  'Whether setup() made this host table.';
comment on function peer_exchange.has_index(regclass, text[], boolean) is
  'Whether a table has an index that leads with these columns.';
comment on function peer_exchange.passes_check(oid, text, text) is
  'Whether a value would pass a CHECK of one column.';
comment on function peer_exchange.duplicates_of(text, text[], boolean, text) is
  'The values that occur several times where an index would have them unique.';
comment on type peer_exchange.host_column is 'A column that the extension needs of a host table.';
