-- But for one that was granted more: then its claims say whom it speaks for.
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
create role person_login in role authenticated;
create role guest_login in role anon;
create role server_login in role authenticated, service_role;
grant usage on schema peer_exchange to guest_login;
grant execute on all functions in schema public, peer_exchange to guest_login;
set local role person_login;
select book('Ann', 'Ben');
call signs_in('Cyd');
select book('Ann', 'Ben');
call signs_in('Ann', 'service_role');
select book('Ann', 'Ben') -> 'success' as booked;
select session('Ann', 'Ben') as session \gset
select peer_exchange.grant_credits(id('Ann'), 5, 'Gift');
update client_sessions set credit_cost = 1 where is_peer_booking;
call signs_in('Cyd');
select process_peer_booking_refund(:'session');
call signs_in(null);
set local role guest_login;
select book('Ann', 'Ben');
set local role server_login;
select process_peer_booking_refund(:'session') -> 'success' as refunded;
call signs_in('Cyd');
select book('Ann', 'Ben');
rollback;
