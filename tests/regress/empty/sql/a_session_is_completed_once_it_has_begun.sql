begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 500);
select plain(complete_peer_session(null)) as missing;
select plain(complete_peer_session(id('Nobody'))) as unknown;
call inserts('Eli', 'Ben', '20:00', is_peer_booking => false);
select complete('Eli', 'Ben', '20:00') as not_of_peers;
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '1 microsecond');
select world() as before \gset
select complete('Ann', 'Ben') as a_moment_too_early;
select report('Ann', 'Ben') as a_moment_too_early;
select world() = :'before' as nothing_was_written;
call begins_in('Ann', 'Ben', interval '0');
-- Its practitioner says so.
call signs_in('Ann');
savepoint before_refusal;
\set VERBOSITY sqlstate
select complete('Ann', 'Ben');
rollback to before_refusal;
call signs_in('Cyd');
select complete('Ann', 'Ben');
rollback to before_refusal;
call signs_in('Cyd');
select report('Ann', 'Ben');
rollback to before_refusal;
\set VERBOSITY default
call signs_in('Ben');
select complete('Ann', 'Ben') ->> 'status' as status;
select books_balance();
rollback;

-- What can't be completed, and what can't be reported.
begin;
call story.starts();
set local peer_exchange.settlement = 'completion';
call give('Ann', 1000);
create function pg_temp.said_of(status_now text, hour integer) returns table (status text, completed text, reported text)
language plpgsql
as $$
declare
  at time := make_time(hour, 0, 0);
begin
  perform book('Ann', 'Ben', at);
  update client_sessions set status = status_now where start_time = at;
  return query
    select status_now,
           (complete('Ann', 'Ben', at) ->> 'error_code') || ' ' || (complete('Ann', 'Ben', at) #>> '{details,status}'),
           (report('Ann', 'Ben', null, at) ->> 'error_code') || ' ' || (report('Ann', 'Ben', null, at) #>> '{details,status}');
end $$;
select said.*
  from unnest(array['pending_payment', 'cancelled', 'declined', 'expired', 'disputed']) with ordinality as of_status (name, number),
       pg_temp.said_of(of_status.name, number::integer) as said;
call inserts('Ann', 'Ben', '23:00');
select complete('Ann', 'Ben', '23:00') as unpaid;
select report('Ann', 'Ben', null, '23:00') as unpaid;
rollback;
