-- A definer function calls with the rights of its owner, who may own nothing else; and with the claims of whoever is signed in.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create extension peer_exchange cascade;
\o /dev/null
select * from peer_exchange.setup();
\o
\i regress/adopted/scratch_story.sql
set client_min_messages = warning;
drop role if exists shop_owner;
create role shop_owner;
reset client_min_messages;
create function public.book_for(p_client uuid) returns json language sql security definer set search_path = public as
  $$ select create_peer_booking(p_client, story.id('Ben'), story.monday(), '10:00', 60, 'massage') $$;
create function public.price() returns integer language sql security definer set search_path = public as
  $$ select get_practitioner_credit_cost(story.id('Ben'), 60) $$;
grant usage on schema public, story to shop_owner;
alter function public.book_for(uuid) owner to shop_owner;
alter function public.price() owner to shop_owner;
select object, action, detail from peer_exchange.setup() where object like '%shop_owner';
select object from peer_exchange.setup() where object like '%shop_owner';
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
call signs_in('Ann');
set local role authenticated;
select price();
select book_for(id('Ann')) ->> 'success' as booked;
-- Neither for somebody else, nor what those functions do not call.
select book_for(id('Cyd'));
reset role;
select has_function_privilege('shop_owner', 'peer_exchange.grant_credits(uuid, integer, text, text)', 'execute') as may_grant,
       has_function_privilege('shop_owner', 'process_peer_booking_refund(uuid, text)', 'execute') as may_refund;
rollback;
-- Not where people may make such a function themselves.
revoke all on function create_peer_booking(uuid, uuid, date, time, integer, text, text, uuid, text) from shop_owner;
grant create on schema public to authenticated;
select object from peer_exchange.setup() where object like '%shop_owner';
\set ON_ERROR_ROLLBACK off
drop owned by shop_owner cascade;
drop role shop_owner;
\i regress/adopted/scratch_end.sql
