-- What was done under a key was done for somebody who has been deleted since. Who comes later under the same id is another
-- person: she is told neither of credits nor of a booking that she does not have.
create function pg_temp.comes_again(person text) returns void language sql as $$
  insert into users (id, email, first_name, last_name, user_role)
  values (story.id(person), person || '@example.test', person, 'Again', 'osteopath')
$$;
create function pg_temp.grants(key text) returns jsonb language sql as $$
  select peer_exchange.grant_credits(story.id('Ann'), 100, 'Welcome', key)::jsonb - 'user_id'
$$;
create function pg_temp.adjusts(key text) returns jsonb language sql as $$
  select peer_exchange.adjust_credits(story.id('Ann'), 100, 'By hand', key)::jsonb - 'user_id'
$$;

-- Grants, adjustments, allocations.
begin;
call story.starts();
select pg_temp.grants('welcome') -> 'balance_after' as balance;
select pg_temp.adjusts('correction') -> 'balance_after' as balance;
select peer_exchange.allocate_credits(10, 'Monthly credits', '2026-12', array[id('Ann')]) as reached;
delete from users where id = id('Ann');
select pg_temp.comes_again('Ann');
savepoint before;
select pg_temp.grants('welcome');
rollback to before;
select pg_temp.adjusts('correction');
rollback to before;
-- Of a period an id has its credits once.
select peer_exchange.allocate_credits(10, 'Monthly credits', '2026-12', array[id('Ann')]) as reached;
-- Under another key she is granted what she is told of, and the former one stays used up.
select pg_temp.grants('welcome back') as reply;
select pg_temp.grants('welcome back') as reply;
savepoint later;
select pg_temp.grants('welcome');
rollback to later;
select * from balances;
select books_balance();
rollback;

-- Bookings: the former client's session names no client any more.
begin;
call story.starts();
call give('Ann', 100);
select book('Ann', 'Ben', key => 'click') as reply;
delete from users where id = id('Ann');
select pg_temp.comes_again('Ann');
select book('Ann', 'Ben', key => 'click') -> 'error_code' as refused;
call give('Ann', 70);
select book('Ann', 'Ben', key => 'click') as reply;
select books_balance();
rollback;

-- Nor is she told of it where an application keeps the id there.
begin;
call story.starts();
alter table client_sessions drop constraint client_sessions_client_id_fkey;
call give('Ann', 100);
select book('Ann', 'Ben', key => 'click') as reply;
select session('Ann', 'Ben') as session \gset
call signs_in('Ann');
select reschedule_peer_booking(:'session', monday() + 1, '14:00', 'move') ->> 'success' as moved;
call signs_in(null);
delete from users where id = id('Ann');
select pg_temp.comes_again('Ann');
call give('Ann', 70);
select book('Ann', 'Ben', key => 'click') -> 'error_code' as refused;
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', p_idempotency_key => 'click') ->> 'error_code' as refused;
call signs_in('Ann');
select reschedule_peer_booking(:'session', monday() + 1, '14:00', 'move') ->> 'error_code' as refused;
rollback;

-- Of somebody of whom the ledger does not tell nothing is remembered.
begin;
call story.starts();
delete from users where id in (id('Cyd'), id('Dee'));
select count(*) as departures from peer_exchange.departures;
rollback;
