-- A client who could cancel a treatment that she is having would have it for nothing.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
-- The application moves it to this very moment.
update client_sessions set session_date = now()::date, start_time = now()::time;
call signs_in('Ann');
select world() as before \gset
select refund('Ann', 'Ben') as by_the_client;
select world() = :'before' as nothing_was_written;
call signs_in('Ben');
select refund('Ann', 'Ben') -> 'refunded_credits' as by_the_practitioner;
call signs_in(null);
select books_balance();
rollback;

-- A microsecond earlier she still may.
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
update client_sessions set session_date = (now() + interval '1 microsecond')::date, start_time = (now() + interval '1 microsecond')::time;
call signs_in('Ann');
select refund('Ann', 'Ben') -> 'refunded_credits' as refunded;
rollback;
