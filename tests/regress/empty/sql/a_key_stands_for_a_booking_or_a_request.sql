begin;
call story.starts();
call give('Ann', 200);
select ask('Ann', 'Ben', key => 'k') as first \gset
select ask('Ann', 'Ben', key => 'k') = jsonb_set(:'first', '{replayed}', 'true') as is_the_same;
select book('Ann', 'Ben', key => 'k') ->> 'error_code' as code;
select book('Ann', 'Ben', '12:00', key => 'l') -> 'success' as booked;
select ask('Ann', 'Ben', '12:00', key => 'l') ->> 'error_code' as code;
-- Whatever became of it.
select accept('Ann', 'Ben', '10:00') -> 'success' as accepted;
select ask('Ann', 'Ben', key => 'k') = jsonb_set(:'first', '{replayed}', 'true') as is_the_same;
select refund('Ann', 'Ben', '10:00') -> 'success' as refunded;
select ask('Ann', 'Ben', key => 'k') = jsonb_set(:'first', '{replayed}', 'true') as is_the_same;
select (request_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', null, null, 'k') ->> 'expires_at')::timestamptz
       = now() + interval '48 hours' as waits_as_said;
rollback;
