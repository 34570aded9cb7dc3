-- Each refused call writes one event, with what it had named, and nothing else.
begin;
call story.starts();
call give('Ann', 60);
select book('Ann', 'Ben') ->> 'success' as booked;
call inserts('Ann', 'Ben', '14:00');
select world() as before \gset

select book('Ann', 'Ben', '10:30') ->> 'error_code' as code;
select book('Ann', 'Ben', '12:00') ->> 'error_code' as code;
select book('Nemo', 'Ben') ->> 'error_code' as code;
select create_peer_booking(null, id('Ben'), monday(), '10:00', 60, 'massage') ->> 'error_code' as code;
select charge('Ann', 'Cyd', '14:00') ->> 'error_code' as code;
select charge('Ann', 'Ben', '14:00') ->> 'error_code' as code;
select process_peer_booking_refund(id('Nobody')) ->> 'error_code' as code;
select process_peer_booking_refund(null) ->> 'error_code' as code;

select * from refusals();
select bool_and(refused_at = now()) as said_when from peer_exchange.refusals;
select world() = :'before' as nothing_else_was_written;
rollback;
