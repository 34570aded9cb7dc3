-- Where every column of accounts and ledger is a bigint, an account of more than 2147483647 is one like any other: it pays and
-- is paid, gives back and gets back, is settled and left.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
drop view story.balances, story.ledger;
alter table credits alter balance type bigint, alter held type bigint, alter owed type bigint,
                    alter total_earned type bigint, alter total_spent type bigint;
alter table credit_transactions alter amount type bigint, alter balance_before type bigint, alter balance_after type bigint,
                                alter held_before type bigint, alter held_after type bigint,
                                alter owed_before type bigint, alter owed_after type bigint;
call give('Ann', 2000000000);
call give('Ann', 2000000000);
call give('Ben', 2000000000);
call give('Ben', 147483647);
select who(user_id) as person, balance, total_earned from credits where balance > 0 order by 1;
select quote_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage') ->> 'success' as could_be;
select book('Ann', 'Ben') as booked;
select refund('Ann', 'Ben') as refunded;
select refund('Ann', 'Ben') -> 'client_new_balance' as refused_again;

-- What is held, and what comes back of it.
set local peer_exchange.settlement = completion;
select book('Ann', 'Cyd', '12:00') -> 'client_balance_after' as held;
update credits set balance = 3000000000 where user_id = id('Cyd');
call begins_in('Ann', 'Cyd', '-26 hours');
select peer_exchange.settle_due_sessions() as settled;
select ask('Ann', 'Ben', '15:00') ->> 'success' as asked;
call requests_run_out();
select peer_exchange.expire_requests() as expired;
select who(user_id) as person, balance, held from credits where balance > 0 order by 1;

-- Many at once, and all that a person has.
set local peer_exchange.settlement = booking;
select book('Ann', 'Ben', '16:00') ->> 'success' as booked, book('Ann', 'Ben', '17:00') ->> 'success' as booked_as_well;
update users set is_active = false where id = id('Ben');
select who(user_id) as person, balance, owed from credits where balance > 0 or owed > 0 order by 1;
call signs_in('Ann');
select plain(get_credit_statement(p_limit => 2)) - 'entries' - 'next_before' as stands_at;
call signs_in(null);
select finding, who(user_id) as person, expected, actual from peer_exchange.verify_ledger();
delete from users where id = id('Ann');
select amount, balance_after from credit_transactions where user_id = id('Ann') order by created_at desc limit 1;
select books_balance();
rollback;

-- All that there is, and what comes back on top of it.
begin;
call story.starts();
drop view story.balances, story.ledger;
alter table credits alter balance type bigint, alter held type bigint, alter owed type bigint,
                    alter total_earned type bigint, alter total_spent type bigint;
alter table credit_transactions alter amount type bigint, alter balance_before type bigint, alter balance_after type bigint,
                                alter held_before type bigint, alter held_after type bigint,
                                alter owed_before type bigint, alter owed_after type bigint;
call give('Cyd', 60);
select book('Cyd', 'Ben', '16:00') ->> 'success' as booked;
update credits set balance = 9223372036854775807 where user_id = id('Cyd');
select peer_exchange.grant_credits(id('Cyd'), 1, 'Gift');
\echo :LAST_ERROR_SQLSTATE
select refund('Cyd', 'Ben') -> 'client_new_balance' as refunded;
select transaction_type, amount, balance_after, description from credit_transactions
 where user_id = id('Cyd') order by created_at desc limit 2;
rollback;
