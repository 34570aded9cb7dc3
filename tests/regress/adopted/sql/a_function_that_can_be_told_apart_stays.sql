-- PostgREST goes by the names of the arguments, Postgres by their types: what neither takes for ours stays where the
-- application calls it.
\i regress/adopted/scratch.sql
\set ECHO none
\i fixtures/existing_app.sql
\set ECHO all
create function process_peer_booking_credits(p_session_id uuid) returns json language sql as 'select ''"theirs"''::json';
create function get_practitioner_credit_cost(p_minutes integer) returns integer language sql as 'select p_minutes * 2';
-- A call that names a session alone would be for either.
create function process_peer_booking_refund(p_session_id uuid) returns json language sql as 'select null::json';
create function mark_notifications_read(ids uuid[]) returns integer language sql as 'select 0';
create extension peer_exchange cascade;
select object, action, detail from peer_exchange.setup() where object like 'function %' and action = 'altered';
select process_peer_booking_credits('a0000000-0000-4000-8000-000000000001'), get_practitioner_credit_cost(60);
select action, count(*) from peer_exchange.setup() where object like 'function %' group by action;
\i regress/adopted/scratch_end.sql
