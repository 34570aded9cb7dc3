-- The same key with any other argument is another booking, and no answer would be right.
begin;
call story.starts();
call give('Ann', 1000);
insert into practitioner_products (id, practitioner_id, name) values (id('Nobody'), id('Ben'), 'Massage');
select book('Ann', 'Ben', key => 'key-1') -> 'success' as booked;
select world() as before \gset
select book('Ann', 'Ben', key => 'key-1', at => '12:00');
select book('Ann', 'Ben', key => 'key-1', minutes => 45) ->> 'error_code' as other_duration;
select book('Ann', 'Ben', key => 'key-1', day => monday(1)) ->> 'error_code' as other_day;
select book('Ann', 'Cyd', key => 'key-1') ->> 'error_code' as other_practitioner;
select book('Ann', 'Ben', key => 'key-1', product => id('Nobody')) ->> 'error_code' as other_product;
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'osteopathy', null, null, 'key-1')) ->> 'error_code' as other_type;
select plain(create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage', 'Note', null, 'key-1')) ->> 'error_code' as other_notes;
-- It comes before every rule of business, but after what makes a request no request.
select book('Ann', 'Ann', key => 'key-1') ->> 'error_code' as herself;
select book('Ann', 'Ben', key => 'key-1', minutes => 0) ->> 'error_code' as no_duration;
select world() = :'before' as nothing_was_written;

-- A key is the client's own: somebody else's is another one.
call give('Cyd', 1000);
select book('Cyd', 'Ben', key => 'key-1', at => '14:00') -> 'replayed' as replayed;
-- A refused request leaves its key free.
select book('Ann', 'Dee', key => 'key-2') ->> 'error_code' as code;
select book('Ann', 'Ben', key => 'key-2', at => '16:00') -> 'replayed' as replayed;
rollback;
