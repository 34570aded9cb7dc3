-- Given or received: Ben gives to Cyd from ten to eleven, so neither of them is free then, on
-- whichever side of a second session.
begin;
call story.starts();
call give('Ann', 1000);
call give('Ben', 1000);
call give('Cyd', 1000);
select book('Cyd', 'Ben') -> 'success' as booked;
select world() as before \gset
select book('Ann', 'Ben', '10:30') as practitioner_gives;
select book('Ann', 'Cyd', '10:30') as practitioner_receives;
select book('Ben', 'Ann', '10:30') as client_gives;
select book('Cyd', 'Ann', '10:30') as client_receives;
select book('Ann', 'Ben', '09:01') ->> 'error_code' as reaches_in;
select book('Ann', 'Ben', '10:59') ->> 'error_code' as begins_in;
select book('Ann', 'Ben', '09:00', 180) ->> 'error_code' as goes_around;
select book('Ann', 'Ben', '10:15', 15) ->> 'error_code' as lies_within;
select book('Ben', 'Cyd', '10:00') ->> 'error_code' as the_other_way_round;
select world() = :'before' as nothing_was_written;

-- Sessions that touch do not overlap, and a cancelled one frees its time.
select book('Ann', 'Ben', '09:00') -> 'success' as before_it;
select book('Cyd', 'Ben', '11:00') -> 'success' as after_it;
select refund('Cyd', 'Ben', '10:00') -> 'success' as cancelled;
select book('Ann', 'Ben', '10:00') -> 'success' as in_its_place;
select books_balance();
rollback;
