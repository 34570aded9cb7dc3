-- As it is while it is built, and after a build that failed. No index of ours is used by its name.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
update pg_index set indisvalid = false
 where indexrelid in ('client_sessions_no_overlap'::regclass, 'client_sessions_client_day_idx'::regclass,
                      'client_sessions_peer_practitioner_idx'::regclass, 'credit_transactions_session_idx'::regclass,
                      'credits_pkey'::regclass, 'client_sessions_pkey'::regclass, 'users_pkey'::regclass);
select book('Ann', 'Ben', '10:30') -> 'error_code' as taken;
select book('Cyd', 'Ann', '10:30') -> 'error_code' as taken;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
update pg_index set indisready = false
 where indexrelid in ('client_sessions_client_day_idx'::regclass, 'client_sessions_peer_practitioner_idx'::regclass);
select book('Ann', 'Ben', '12:30') -> 'error_code' as taken;
select book('Ann', 'Ben', '14:00') -> 'success' as booked;
select refund('Ann', 'Ben', '12:00') -> 'refunded_credits' as refunded;
select * from balances;
select books_balance();
rollback;
