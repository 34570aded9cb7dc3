-- From now on a plain call finds ours; what is bound to the function itself goes on with it. Either may not be what was meant.
\i regress/adopted/scratch.sql
\set ECHO none
\i fixtures/existing_app.sql
\set ECHO all
create function cancels(p_session_id uuid) returns json language plpgsql security definer set search_path = public as $$
begin
  -- process_peer_booking_credits(a, b, c, d) is not called here.
  return process_peer_booking_refund(p_session_id, concat('Cancelled ', to_char(now(), 'DD, MM')));
end $$;
create view prices as select get_practitioner_credit_cost(id, 60) as price from users;
create function prices_by_id(p_id uuid) returns integer language sql begin atomic select get_practitioner_credit_cost(p_id, 60); end;
-- The one with a single argument stays, and is what this one means.
create function process_peer_booking_credits(p_session_id uuid) returns json language sql as 'select null::json';
create function settles(p_session_id uuid) returns json language sql as 'select process_peer_booking_credits(p_session_id)';
create extension peer_exchange cascade;
create temporary view callers as
  select object, action, detail from peer_exchange.setup() where detail ~ 'was moved to peer_exchange_legacy';
\set ECHO none
set client_min_messages = warning;
\set ECHO all
select * from callers;
-- Once they are moved, that is no news.
select object, action from callers;
-- Who names the older one means it.
create or replace function cancels(p_session_id uuid) returns json language sql as
  'select peer_exchange_legacy.process_peer_booking_refund(p_session_id, null)';
select object, action from callers;
drop view prices;
drop function prices_by_id(uuid), cancels(uuid);
select object, action from callers;
\i regress/adopted/scratch_end.sql
