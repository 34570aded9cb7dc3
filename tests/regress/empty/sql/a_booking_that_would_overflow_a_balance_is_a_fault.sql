-- Nothing is clamped, and nothing half done.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 100);
call give('Ben', 2147483600);
select world() as before \gset
select book('Ann', 'Ben');
select world() = :'before' as nothing_was_written;
select book('Ann', 'Ben', minutes => 47) -> 'practitioner_balance_after' as balance;
rollback;
