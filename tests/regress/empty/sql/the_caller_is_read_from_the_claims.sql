-- Today's claims are JSON; older ones are one setting each. Who is nobody may do nothing.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 1000);
select world() as before \gset

-- a token that names nobody, in every way
set local request.jwt.claims = '{"role": "authenticated"}';
select book('Ann', 'Ben');
set local request.jwt.claims = '{"role": "authenticated", "sub": "ann"}';
select book('Ann', 'Ben');
set local request.jwt.claims = '{"role": "authenticated", "sub": ""}';
select book('Ann', 'Ben');
set local request.jwt.claims = '{"role": "authenticated", "sub": null}';
select book('Ann', 'Ben');
set local request.jwt.claims = '{"role": "authenticated", "sub": 5}';
select book('Ann', 'Ben');
set local request.jwt.claims = '{}';
select book('Ann', 'Ben');
-- or that is none
set local request.jwt.claims = 'not JSON';
select book('Ann', 'Ben');
set local request.jwt.claims = '[]';
select book('Ann', 'Ben');
set local request.jwt.claims = '"a0000000-0000-4000-8000-000000000001"';
select book('Ann', 'Ben');
-- or of a role that may not
set local request.jwt.claims = '{"role": "anon"}';
select book('Ann', 'Ben');
set local request.jwt.claims = '{"role": "anon", "sub": "a0000000-0000-4000-8000-000000000001"}';
select book('Ann', 'Ben');
set local request.jwt.claims = '{"role": "stranger", "sub": "a0000000-0000-4000-8000-000000000001"}';
select book('Ann', 'Ben');
select world() = :'before' as nothing_was_written;

-- The service acts for anybody.
set local request.jwt.claims = '{"role": "service_role"}';
select book('Ann', 'Ben') -> 'success' as by_the_service;
-- An id may be written as people write it, and a token may carry more.
set local request.jwt.claims = '{"role": "authenticated", "sub": "A0000000-0000-4000-8000-000000000001", "aud": ["x"], "exp": 1}';
select book('Ann', 'Ben', '12:00') -> 'success' as by_herself;

-- The older setting.
set local request.jwt.claims = '';
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000002';
select book('Ann', 'Ben', '14:00');
set local request.jwt.claim.sub = 'a0000000-0000-4000-8000-000000000001';
select book('Ann', 'Ben', '14:00') -> 'success' as by_herself;
set local request.jwt.claim.sub = '';
-- Nobody asked through PostgREST at all.
select book('Ann', 'Ben', '16:00') -> 'success' as in_psql;
rollback;
