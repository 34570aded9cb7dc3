-- The same key, session, target and mover: the same answer, whatever has happened since. Anything else: refused.
begin;
call story.starts();
call give('Ann', 1000);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select book('Ann', 'Ben', '12:00') -> 'success' as booked;
select session('Ann', 'Ben', '10:00') as session, session('Ann', 'Ben', '12:00') as other \gset
create function pg_temp.moves(session uuid, day date, at time, key text) returns jsonb language sql as $$
  select plain(reply) - '{session_date,previous_session_date,starts_at,ends_at,previous_starts_at}'::text[] from reschedule_peer_booking(session, day, at, key) as reply
$$;
call signs_in('Ann');
select pg_temp.moves(:'session', monday() + 1, '14:00', 'once') as reply;
select world() as before \gset
select pg_temp.moves(:'session', monday() + 1, '14:00', 'once') as reply;
-- another time, another day
select pg_temp.moves(:'session', monday() + 1, '14:01', 'once') as reply;
select pg_temp.moves(:'session', monday() + 2, '14:00', 'once') as reply;
-- another mover
call signs_in('Ben');
select pg_temp.moves(:'session', monday() + 1, '14:00', 'once') as reply;
call signs_in(null);
select pg_temp.moves(:'session', monday() + 1, '14:00', 'once') as reply;
call signs_in('Ann');
select world() = :'before' as nothing_was_written;
-- Another session may use it; a refusal is not remembered under its key.
select pg_temp.moves(:'other', monday() + 3, '14:00', 'once') -> 'success' as moved;
select pg_temp.moves(:'other', monday() + 1, '14:30', 'taken') -> 'error_code' as refused;
select pg_temp.moves(:'session', monday(), '08:00', 'away') -> 'success' as moved;
select pg_temp.moves(:'other', monday() + 1, '14:30', 'taken') -> 'success' as moved;

-- The answer stays what it was: after another move, a change of status, a cancellation.
select world() as before \gset
select pg_temp.moves(:'session', monday() + 1, '14:00', 'once') as reply;
select world() = :'before' as nothing_was_written;
update client_sessions set status = 'confirmed' where id = :'session';
select pg_temp.moves(:'session', monday() + 1, '14:00', 'once') -> 'status' as status;
select refund('Ann', 'Ben', '08:00') -> 'success' as refunded;
select pg_temp.moves(:'session', monday() + 1, '14:00', 'once') as reply;
select pg_temp.moves(:'session', monday() + 1, '14:00', 'again') as reply;
call signs_in(null);
select count(*) as moves, count(distinct idempotency_key) as keys from peer_exchange.session_moves;
rollback;
