-- Something of the application fails for one recipient: the others get theirs, and a WARNING names what waits. Where there is nothing else,
-- a claim fails as it does, since an empty one would say that nothing is due.
\set VERBOSITY terse
\set ON_ERROR_ROLLBACK on
begin;
call story.starts();
set local peer_exchange.delivery = queue;
call give('Ann', 200);
select book('Ann', 'Ben') -> 'success' as booked;
update notifications set id = 'd0000000-0000-4000-8000-000000000001' where type = 'peer_booking_confirmed_practitioner';
delete from notifications where recipient_id = id('Ben') and type <> 'peer_booking_confirmed_practitioner';
create trigger fails_for_ben before update on notifications for each row execute function story.fails_for_ben('recipient_id');
select person, type from claim();
select person, type from claim();
drop trigger fails_for_ben on notifications;
select person, type from claim();
select person, type from claim();

-- The same of what fails once all are marked: nobody's is handed out twice.
call leases_end();
create trigger fails_for_ben after update on notifications for each row execute function story.fails_for_ben('recipient_id');
select person, type, attempt from claim();
drop trigger fails_for_ben on notifications;
select person, type, attempt from claim();

-- What may be tried again, as a lock that is not to be had in time, fails the claim, and nothing is handed out.
call leases_end();
create function waits_for_ben() returns trigger language plpgsql as $$
begin
  if new.recipient_id = story.id('Ben') then
    raise exception 'locked by somebody' using errcode = 'lock_not_available';
  end if;
  return new;
end $$;
create trigger waits_for_ben before update on notifications for each row execute function waits_for_ben();
select person, type, attempt from claim();
drop trigger waits_for_ben on notifications;
select person, type, attempt from claim();
rollback;
