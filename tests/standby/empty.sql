-- What the standby has: people, one booking that is paid for, one session that waits for its charge, and the words of the
-- regress tests.
\ir ../fixtures/supabase_roles.sql
\ir ../regress/empty/prepare.sql
begin;
call story.starts();
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
call inserts('Ann', 'Cyd', '12:00');
commit;
