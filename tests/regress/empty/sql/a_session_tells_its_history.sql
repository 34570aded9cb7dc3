-- What happened to it, oldest first, to its two parties and to nobody else.
begin;
call story.starts();
call give('Ann', 1000);
-- Time passes between one call and the next, which now() does not show within a transaction.
create procedure pg_temp.hours_pass()
language plpgsql
as $$
begin
  perform set_config('session_replication_role', 'replica', true);
  update credit_transactions set created_at = created_at - interval '1 hour';
  update client_sessions set created_at = created_at - interval '1 hour', requested_at = requested_at - interval '1 hour',
         accepted_at = accepted_at - interval '1 hour', cancelled_at = cancelled_at - interval '1 hour',
         no_show_reported_at = no_show_reported_at - interval '1 hour', disputed_at = disputed_at - interval '1 hour',
         settled_at = settled_at - interval '1 hour';
  update peer_exchange.session_moves set moved_at = moved_at - interval '1 hour';
  perform set_config('session_replication_role', 'origin', true);
end $$;
create function pg_temp.history(person text, session_id uuid) returns table (event text, ago text, "by" text, particulars jsonb)
language plpgsql
as $$
begin
  call signs_in(person);
  return query select happened ->> 'event', to_char(now() - (happened ->> 'at')::timestamptz, 'HH24 h'), happened ->> 'by',
                      happened::jsonb - '{event,at,by}'::text[]
                 from json_array_elements(get_peer_session(session_id) -> 'session' -> 'history') as happened;
  call signs_in(null);
end $$;

-- Asked for, accepted, moved, cancelled with half of it.
insert into cancellation_policies (practitioner_id, full_refund_hours, partial_refund_hours, no_refund_hours, partial_refund_percent)
values (id('Ben'), 24, 0, 0, 50);
select ask('Ann', 'Ben', '10:00') -> 'success' as asked;
call pg_temp.hours_pass();
select accept('Ann', 'Ben', '10:00') -> 'success' as accepted;
call pg_temp.hours_pass();
call signs_in('Ann');
select reschedule_peer_booking(session('Ann', 'Ben', '10:00'), monday(), '14:30', 'once') -> 'success' as moved;
-- To where it is: nothing has happened.
select reschedule_peer_booking(session('Ann', 'Ben', '14:30'), monday(), '14:30', 'again') -> 'success' as moved;
call pg_temp.hours_pass();
call signs_in(null);
update cancellation_policies set full_refund_hours = 8784;
call signs_in('Ann');
select process_peer_booking_refund(session('Ann', 'Ben', '14:30'), 'Ill') -> 'refunded_credits' as refunded;
call signs_in(null);
select event, ago, "by", particulars #- '{from,starts_at}' #- '{to,starts_at}' #- '{from,session_date}' #- '{to,session_date}' as particulars
  from pg_temp.history('Ben', session('Ann', 'Ben', '14:30'));

-- Declined, withdrawn, expired.
select ask('Ann', 'Ben', '08:00') -> 'success' as asked;
call signs_in('Ben');
select process_peer_booking_refund(session('Ann', 'Ben', '08:00')) -> 'success' as declined;
call signs_in(null);
select * from pg_temp.history('Ann', session('Ann', 'Ben', '08:00'));
select ask('Ann', 'Ben', '09:00') -> 'success' as asked;
call signs_in('Ann');
select process_peer_booking_refund(session('Ann', 'Ben', '09:00')) -> 'success' as withdrawn;
call signs_in(null);
select event, "by", particulars from pg_temp.history('Ann', session('Ann', 'Ben', '09:00'));
select ask('Ann', 'Ben', '11:00') -> 'success' as asked;
call requests_run_out();
select peer_exchange.expire_requests() as expired;
select event, "by", particulars from pg_temp.history('Ann', session('Ann', 'Ben', '11:00'));

-- Held until it has taken place; reported, disputed, decided.
set local peer_exchange.settlement = 'completion';
select book('Ann', 'Cyd', '10:00') -> 'success' as booked;
call begins_in('Ann', 'Cyd', '-2 hours');
call signs_in('Ann');
select report('Ann', 'Cyd', 'Nobody opened') -> 'success' as reported;
call pg_temp.hours_pass();
call signs_in('Cyd');
select report('Ann', 'Cyd', 'I was there') -> 'success' as disputed;
call signs_in(null);
call pg_temp.hours_pass();
select resolve('Ann', 'Cyd', 25) -> 'success' as decided;
select * from pg_temp.history('Cyd', session('Ann', 'Cyd'));

-- Nobody else's; and what else can't be answered.
call signs_in('Dee');
select get_peer_session(session('Ann', 'Cyd')), get_peer_session(id('Nobody')), get_peer_session(null);
call signs_in('Ann');
select (get_peer_session(session('Ann', 'Ben', '08:00')) -> 'session')::jsonb - 'history'
       = (select one.session::jsonb from json_array_elements(get_my_peer_sessions('all') -> 'sessions') as one (session)
           where (one.session ->> 'session_id')::uuid = session('Ann', 'Ben', '08:00')) as is_as_listed;
call signs_in(null);
select get_peer_session(session('Ann', 'Cyd'));
rollback;
