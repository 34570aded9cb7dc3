-- Anything else is a fault with SQLSTATE 42501, which PostgREST answers with 403 or 401.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 1000);
call give('Ben', 1000);
select book('Ann', 'Ben') -> 'success' as booked;
call inserts('Ann', 'Ben', '14:00');

call signs_in('Cyd');
select world() as before \gset
-- in somebody else's name, even as the practitioner who would earn
select book('Ann', 'Ben', '12:00');
select book('Ann', 'Cyd', '12:00');
select charge('Ann', 'Ben', '14:00');
-- somebody else's session
select refund('Ann', 'Ben', '10:00');
select world() = :'before' as nothing_was_written;

-- As a client, and as either party of a session.
call signs_in('Ann');
select book('Ann', 'Cyd', '12:00') -> 'success' as booked;
select charge('Ann', 'Ben', '14:00') -> 'success' as charged;
select refund('Ann', 'Ben', '10:00') -> 'success' as refunded;
call signs_in('Ben');
select refund('Ann', 'Ben', '14:00') -> 'success' as refunded;
-- Anybody may ask what somebody costs.
select get_practitioner_credit_cost(id('Cyd'), 60) as cost;
rollback;
