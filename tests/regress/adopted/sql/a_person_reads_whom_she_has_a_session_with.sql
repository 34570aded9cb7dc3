-- On the tables that setup() makes. Others she finds by a search, which gives no address.
\i regress/adopted/scratch.sql
create extension peer_exchange cascade;
\o /dev/null
select * from peer_exchange.setup();
\o
\i regress/adopted/scratch_story.sql
insert into public.users (id, email, first_name, user_role)
select story.id(person), lower(person) || '@example.test', person, 'osteopath' from unnest(array['Ann', 'Ben', 'Cyd', 'Dee', 'Eli']) as person;
begin;
call story.starts();
call give('Ann', 100);
call signs_in('Ann');
set local role authenticated;
select first_name from public.users order by first_name;
reset role;
call signs_in(null);
select book('Ann', 'Ben') ->> 'success' as booked;
call inserts('Eli', 'Ann', '14:00', is_peer_booking => false);
select refund('Ann', 'Ben') ->> 'success' as refunded;
call signs_in('Ann');
set local role authenticated;
select first_name, email from public.users order by first_name;
select search_peer_practitioners('Cyd') #>> '{practitioners,0,name}' as found, search_peer_practitioners('Cyd')::text like '%@%' as with_an_address;
reset role;
call signs_in('Ben');
set local role authenticated;
select first_name from public.users order by first_name;
reset role;
call signs_in(null);
set local role authenticated;
select first_name from public.users order by first_name;
rollback;
\i regress/adopted/scratch_end.sql
