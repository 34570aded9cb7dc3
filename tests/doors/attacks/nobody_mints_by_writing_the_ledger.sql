begin;
call doors.becomes('Ann');
call doors.fails(format('insert into public.credit_transactions (user_id, amount, transaction_type, balance_before, balance_after) '
                        'values (%L, 1000, ''bonus'', 1000, 2000)', doors.id('Ann')));
-- A payment that never was, to be refunded.
call doors.fails(format('insert into public.credit_transactions (user_id, amount, transaction_type, balance_before, balance_after, session_id) '
                        'values (%L, 1000, ''session_payment'', 1000, 0, %L)', doors.id('Ann'), doors.session('unpaid')));
call doors.fails('update public.credit_transactions set amount = 1000');
call doors.fails('delete from public.credit_transactions');
call doors.fails('truncate public.credit_transactions');
call doors.nothing_happened();

-- Nobody changes what is written, not even those who may add to it.
call doors.becomes('service_role');
call doors.fails('update public.credit_transactions set amount = 1000');
call doors.fails('delete from public.credit_transactions');
call doors.becomes('owner');
call doors.fails('update public.credit_transactions set amount = amount');
call doors.fails('delete from public.credit_transactions');
call doors.fails('truncate public.credit_transactions');
call doors.fails('truncate public.credit_transactions cascade');
call doors.nothing_happened();
rollback;
