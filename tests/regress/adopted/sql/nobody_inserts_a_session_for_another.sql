-- Whatever the application's policies allow: a session is inserted by its client, not even by its practitioner.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
create policy "Everybody does everything" on client_sessions for all using (true) with check (true);
call signs_in('Cyd');
set local role authenticated;
call inserts('Ann', 'Ben');
reset role;
call signs_in('Ben');
set local role authenticated;
call inserts('Ann', 'Ben');
reset role;
-- A token without claims, or with claims that cannot be read, names nobody.
call signs_in(null);
set local role authenticated;
call inserts('Ann', 'Ben');
set local request.jwt.claims = 'not JSON';
call inserts('Ann', 'Ben');
reset role;
set local role anon;
call inserts('Ann', 'Ben');
reset role;
select * from sessions;
call signs_in('Ann');
set local role authenticated;
call inserts('Ann', 'Ben');
reset role;
select * from sessions;
rollback;
