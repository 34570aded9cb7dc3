-- An application that writes a second row beside each booking, of whatever kind.
begin;
call story.starts();
call give('Ann', 300);
create function writes_a_twin() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() = 1 then
    insert into client_sessions (therapist_id, client_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking)
    values (new.therapist_id, new.client_id, new.client_name, new.session_date, new.start_time + interval '3 hours', 60, 'scheduled', false),
           (new.client_id, new.therapist_id, new.client_name, new.session_date, new.start_time + interval '5 hours', 60, 'scheduled', true);
  end if;
  return null;
end $$;
create trigger writes_a_twin after insert on client_sessions for each row execute function writes_a_twin();
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select who(client_id) as client, start_time, payment_status, occupied_during is not null as occupies from client_sessions order by start_time;
select book('Cyd', 'Ben', '13:30') -> 'error_code' as taken;
select book('Cyd', 'Ann', '15:30') -> 'error_code' as taken;
select books_balance();
rollback;

-- The same where a default of a column writes it.
begin;
call story.starts();
call give('Ann', 300);
create function twin() returns integer language plpgsql as $$
begin
  insert into client_sessions (therapist_id, client_id, client_name, session_date, start_time, duration_minutes, status, is_peer_booking, twin)
  values (story.id('Ben'), story.id('Ann'), 'Twin', story.monday(), '13:00', 60, 'scheduled', true, 0);
  return 1;
end $$;
alter table client_sessions add twin integer;
alter table client_sessions alter twin set default twin();
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
select start_time, payment_status, occupied_during is not null as occupies from client_sessions order by start_time;
rollback;
