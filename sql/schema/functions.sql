-- The functions that are called from outside: the one place that says who may execute what. Privileges, the names that
-- an application's own functions make way for, and the table in docs/reference.md follow from it; whatever is not
-- named here nobody but the owner executes.
create function peer_exchange.functions()
returns table (name text, arguments text, caller text, is_in_public boolean, purpose text)
language sql immutable
set search_path = pg_catalog, pg_temp
as $$
  values
    ('create_peer_booking', 'uuid, uuid, date, time, integer, text, text, uuid, text', 'person', true,
     'Books a session and pays for it; a signed-in person as `p_client_id` only'),
    ('request_peer_booking', 'uuid, uuid, date, time, integer, text, text, uuid, text', 'person', true,
     'Asks for a session and holds slot and credits until its practitioner answers; a signed-in person as `p_client_id` only'),
    ('accept_peer_booking', 'uuid', 'person', true,
     'Makes a request a booking; a signed-in person as its practitioner only'),
    ('process_peer_booking_credits', 'uuid, uuid, uuid, integer, uuid', 'person', true,
     'Charges a session that its client has inserted; a signed-in person as `p_client_id` only'),
    ('process_peer_booking_refund', 'uuid, text', 'person', true,
     'Cancels a session, or declines or withdraws a request, and gives back what is due; a signed-in person as either party'),
    ('reschedule_peer_booking', 'uuid, date, time, text', 'person', true,
     'Moves a session that is paid for; a signed-in person as either party'),
    ('complete_peer_session', 'uuid', 'person', true,
     'Says that a session took place, and pays what is held for it; a signed-in person as its practitioner'),
    ('report_peer_no_show', 'uuid, text', 'person', true,
     'Says that the other one did not come; a signed-in person as either party'),
    ('quote_peer_booking', 'uuid, uuid, date, time, integer, text, text, uuid, text', 'person', true,
     'Says what `create_peer_booking` would reply; a signed-in person as `p_client_id` only'),
    ('get_practitioner_credit_cost', 'uuid, integer, uuid', 'person', true,
     'Says what a session costs'),
    ('get_available_slots', 'uuid, date, date, integer, integer, uuid, uuid', 'person', true,
     'Lists the starts that can be booked: by the signed-in person, or, for the service, on the practitioner''s side alone; or, of a session, those that it can be moved to, for its parties and the service'),
    ('search_peer_practitioners', 'text, text, text, text, integer, integer, integer', 'person', true,
     'Finds practitioners, but not the signed-in person herself'),
    ('get_credit_statement', 'date, date, integer, text, text, uuid', 'person', true,
     'Says what a signed-in person has and how it came to be; 42501 for the service'),
    ('get_balance_history', 'date, date', 'person', true,
     'Says what a signed-in person had at the end of each day; 42501 for the service'),
    ('get_my_peer_sessions', 'text, integer, text', 'person', true,
     'Lists the sessions of a signed-in person; 42501 for the service'),
    ('mark_notifications_read', 'uuid[]', 'person', true,
     'Marks notifications of a signed-in person as read; 42501 for the service'),
    ('get_session_calendar', 'uuid', 'person', true,
     'Says a session of a signed-in person as calendars read it; 42501 for the service'),
    ('session_calendar', 'uuid, uuid', 'service', false,
     'The same for either party, to be sent to her'),
    ('claim_notifications', 'integer, interval', 'service', true,
     'Hands out notifications that are due for delivery'),
    ('ack_notifications', 'uuid[]', 'service', true,
     'Says that notifications were delivered'),
    ('fail_notification', 'uuid, text', 'service', true,
     'Says that a delivery has failed'),
    ('requeue_notifications', 'uuid[]', 'service', false,
     'Has notifications tried again that were given up'),
    ('grant_credits', 'uuid, integer, text, text', 'service', false,
     'Grants credits to a person'),
    ('adjust_credits', 'uuid, integer, text, text', 'service', false,
     'Corrects what a person has, by hand'),
    ('charge_session', 'uuid', 'service', false,
     'Charges a session that was inserted, once, also when it is over'),
    ('cancel_session', 'uuid, text, text', 'service', false,
     'Cancels a session for its client, its practitioner or the application, and gives back what is due'),
    ('allocate_credits', 'integer, text, text, uuid[]', 'service', false,
     'Grants credits to everybody, once a period'),
    ('cancel_orphaned_sessions', 'interval', 'service', false,
     'Cancels sessions that were never charged'),
    ('settle_due_sessions', '', 'service', false,
     'Settles sessions and reports of no-shows whose time is up'),
    ('resolve_dispute', 'uuid, numeric, text', 'service', false,
     'Decides who gets the credits of a disputed session'),
    ('expire_requests', '', 'service', false,
     'Tidies up after requests that nobody answered in time, and tells both'),
    ('send_due_reminders', '', 'service', false,
     'Reminds people of their sessions, and practitioners to answer'),
    ('send_all_due_reminders', '', 'service', false,
     'The same until nobody is left, in many transactions; a procedure'),
    ('schedule_jobs', '', 'service', false,
     'Has pg_cron run what recurs'),
    ('unschedule_jobs', '', 'service', false,
     'Takes back what `schedule_jobs` has scheduled'),
    ('verify_ledger', '', 'reader', false,
     'Names every discrepancy between balances, ledger and sessions'),
    ('verify_ledger', 'uuid, timestamptz, timestamptz', 'reader', false,
     'The same for one person, or for whom entries of a period concern'),
    ('verify_people', '', 'service', false,
     'Names what people have written that can''t be used: hours, time zones, policies, specializations'),
    ('purge_refusals', '', 'service', false,
     'Deletes refused calls that are kept no longer'),
    ('booking_figures', 'date, date, text', 'reader', false,
     'Counts bookings and refusals by day'),
    ('refusal_figures', 'date, date, text', 'reader', false,
     'Counts refusals by day, function and code'),
    ('cancellation_figures', 'date, date, text', 'reader', false,
     'Counts cancellations by who cancelled and how early'),
    ('request_figures', 'date, date, text', 'reader', false,
     'Counts requests by day, what became of them and how long answers took'),
    ('no_show_figures', 'date, date, text', 'reader', false,
     'Counts missed and disputed sessions by day'),
    ('circulation_figures', '', 'reader', false,
     'Says how many credits there are now'),
    ('credit_figures', 'date, date, text', 'reader', false,
     'Says how credits moved by day'),
    ('velocity_figures', 'date, date, text', 'reader', false,
     'Says how often a credit changed hands'),
    ('person_figures', 'date, date, text', 'reader', false,
     'Says what each person earned and spent'),
    ('inactivity_figures', 'integer, text', 'reader', false,
     'Lists practitioners who take no part'),
    ('notification_figures', 'date, date, text', 'reader', false,
     'Counts notifications and their delivery'),
    ('figure_period', 'date, date, text', 'service', false,
     'Says which days figures are about'),
    ('refusals_kept_from', '', 'service', false,
     'Says since when refused calls are known'),
    ('figure_time_zone', 'text', 'service', false,
     'Says in which time zone figures are made'),
    ('day_begins_at', 'date, text', 'service', false,
     'Says when a day begins in a time zone'),
    ('is_time_zone', 'text', 'service', false,
     'Whether Postgres lists a time zone of this name'),
    ('time_zone_or_default', 'text', 'service', false,
     'A time zone, or that of the setting where it is none'),
    ('default_time_zone', '', 'service', false,
     'The setting `peer_exchange.timezone`'),
    ('practitioner_roles', '', 'service', false,
     'The setting `peer_exchange.practitioner_roles`, as a list'),
    ('refusal_retention_days', '', 'service', false,
     'The setting `peer_exchange.refusal_retention_days`'),
    ('accept_findings', 'text, text', 'administrator', false,
     'Has `verify_ledger` leave out what it finds now in the history of the ledger'),
    ('setup', 'boolean', 'administrator', false,
     'Makes or adopts the tables; for the owner of the extension'),
    ('adoption_script', '', 'administrator', false,
     'The same in steps that keep a large application working meanwhile, as statements for psql')
$$;

comment on function peer_exchange.functions() is
  'The functions that are called from outside, whether PostgREST finds them in public, and who may execute them: a signed-in person and the service, the service, or an administrator.';

-- What this extension has brought, whatever schema it is in.
create function peer_exchange.own_functions() returns table (id regprocedure)
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select member.objid::regprocedure
    from pg_depend as member
    join pg_extension as extension on extension.oid = member.refobjid
   where member.refclassid = 'pg_extension'::regclass
     and member.classid = 'pg_proc'::regclass
     and member.deptype = 'e'
     and extension.extname = 'peer_exchange'
$$;

comment on function peer_exchange.own_functions() is 'The functions of this extension.';
