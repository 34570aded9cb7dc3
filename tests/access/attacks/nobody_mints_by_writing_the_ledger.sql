begin;
call access.becomes('Ann');
call access.fails(format('insert into public.credit_transactions (user_id, amount, transaction_type, balance_before, balance_after) '
                        'values (%L, 1000, ''bonus'', 1000, 2000)', access.id('Ann')));
-- A payment that never was, to be refunded.
call access.fails(format('insert into public.credit_transactions (user_id, amount, transaction_type, balance_before, balance_after, session_id) '
                        'values (%L, 1000, ''session_payment'', 1000, 0, %L)', access.id('Ann'), access.session('unpaid')));
call access.fails('update public.credit_transactions set amount = 1000');
call access.fails('delete from public.credit_transactions');
call access.fails('truncate public.credit_transactions');
call access.nothing_happened();

-- Nobody changes what is written, not even those who may add to it.
call access.becomes('service_role');
call access.fails('update public.credit_transactions set amount = 1000');
call access.fails('delete from public.credit_transactions');
call access.becomes('owner');
call access.fails('update public.credit_transactions set amount = amount');
call access.fails('delete from public.credit_transactions');
call access.fails('truncate public.credit_transactions');
call access.fails('truncate public.credit_transactions cascade');
call access.nothing_happened();
rollback;
