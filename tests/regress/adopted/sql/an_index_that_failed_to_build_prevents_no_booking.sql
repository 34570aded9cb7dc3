-- CREATE UNIQUE INDEX CONCURRENTLY that fails leaves an index that is not valid; and one that is being built, or is
-- about to be dropped, is not ready. No statement of ours takes either for a rule that can be asked.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set client_min_messages = warning;
create extension peer_exchange cascade;
select count(*) > 0 as was_set_up from peer_exchange.setup();
update credits set balance = 30 where user_id = 'a0000000-0000-4000-8000-000000000002';
\i regress/adopted/scratch_story.sql
set search_path = story, public;
call give('Cyd', 50);
call give('Cyd', 50);
\set VERBOSITY terse
create unique index concurrently one_kind_a_person on credit_transactions (user_id, transaction_type);
insert into client_sessions (therapist_id, client_name, session_date, start_time, duration_minutes)
values (id('Ben'), 'Somebody', monday(3), '10:00', 60);
create unique index concurrently one_status on client_sessions (therapist_id, duration_minutes);
select indexrelid::regclass as index, indisvalid, indisready from pg_index where indexrelid in ('one_kind_a_person'::regclass, 'one_status'::regclass);
drop index one_kind_a_person;
create index not_ready on credit_transactions (description);
update pg_index set indisvalid = false, indisready = false where indexrelid = 'not_ready'::regclass;
begin;
call story.starts();
select book('Ann', 'Ben', '10:00', minutes => 45) -> 'success' as booked;
select book('Cyd', 'Ben', '10:30', minutes => 30) ->> 'error_code' as taken;
select refund('Ann', 'Ben') -> 'success' as refunded;
select book('Cyd', 'Ben', '11:00', minutes => 30) -> 'success' as booked;
select books_balance();
commit;
-- While all of them are built anew.
set client_min_messages = error;
reindex table concurrently client_sessions;
reindex table concurrently credits;
begin;
call story.starts();
select book('Ann', 'Ben', '12:00', minutes => 30) -> 'success' as booked;
select books_balance();
rollback;
\i regress/adopted/scratch_end.sql
