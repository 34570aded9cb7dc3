-- Its id is taken as it is; another time, length or party is not what was decided.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 15);
create function sets() returns trigger language plpgsql as $$
begin
  case tg_argv[0]
    when 'id'       then new.id := 'c0000000-0000-4000-8000-00000000000' || tg_argv[1];
    when 'start'    then new.start_time := new.start_time + interval '1 hour';
    when 'day'      then new.session_date := new.session_date + 1;
    when 'duration' then new.duration_minutes := 30;
    when 'client'   then new.client_id := 'a0000000-0000-4000-8000-000000000003';
    when 'kind'     then new.is_peer_booking := false;
    when 'status'   then new.status := tg_argv[1];
  end case;
  return new;
end $$;
-- Before our own triggers and after them.
create trigger a_sets before insert on client_sessions for each row execute function sets('id', '1');
select create_peer_booking(id('Ann'), id('Ben'), monday(), '10:00', 60, 'massage') ->> 'session_id' as told;
drop trigger a_sets on client_sessions;
create trigger z_sets before insert on client_sessions for each row execute function sets('id', '2');
select create_peer_booking(id('Ann'), id('Ben'), monday(), '12:00', 60, 'massage') ->> 'session_id' as told;
drop trigger z_sets on client_sessions;
select session.id, count(distinct entry) as entries, count(distinct notification) as told
  from client_sessions as session
  left join credit_transactions as entry on entry.session_id = session.id
  left join notifications as notification on notification.payload ->> 'session_id' = session.id::text
 group by session.id order by 1;
select refund('Ann', 'Ben', '10:00') -> 'refunded_credits' as refunded;
select books_balance();

create trigger a_sets before insert on client_sessions for each row execute function sets('status', 'confirmed');
select book('Ann', 'Ben', '14:00') -> 'status' as status;
drop trigger a_sets on client_sessions;
do $$
declare
  meddles record;
begin
  for meddles in
    select what, name from unnest(array['start', 'day', 'duration', 'client', 'kind']) as what, unnest(array['a_sets', 'z_sets']) as name
  loop
    execute format('create trigger %I before insert on client_sessions for each row execute function sets(%L)', meddles.name, meddles.what);
    begin
      perform create_peer_booking(id('Ann'), id('Ben'), monday(), '16:00', 60, 'massage');
      raise notice '% by %: booked', meddles.what, meddles.name;
    exception when others then
      raise notice '% by %: % %', meddles.what, meddles.name, sqlstate, sqlerrm;
    end;
    execute format('drop trigger %I on client_sessions', meddles.name);
  end loop;
end $$;
-- Neither is a status in which it takes no time, or in which what is accepted waits still.
select ask('Cyd', 'Ben', '09:00', 15) ->> 'status' as asked;
do $$
declare
  meddles record;
begin
  for meddles in
    select what, event, status, name
      from (values ('create_peer_booking', 'insert', array['cancelled', 'declined', 'expired', 'completed', 'no_show']),
                   ('request_peer_booking', 'insert', array['cancelled', 'declined', 'expired', 'completed', 'no_show']),
                   ('accept_peer_booking', 'update', array['pending_approval', 'cancelled', 'completed', 'no_show'])) as call (what, event, statuses)
     cross join unnest(statuses) as status
     cross join unnest(array['a_sets', 'z_sets']) as name
     order by name, event, what, status
  loop
    execute format('create trigger %I before %s on client_sessions for each row execute function sets(''status'', %L)', meddles.name, meddles.event, meddles.status);
    begin
      execute case meddles.event
                when 'insert' then format('select %I(story.id(''Ann''), story.id(''Ben''), story.monday(), ''16:00'', 60, ''massage'')', meddles.what)
                else 'select accept_peer_booking(story.session(''Cyd'', ''Ben''))' end;
      raise notice '%: % by %: done', meddles.what, meddles.status, meddles.name;
    exception when others then
      raise notice '%: % by %: % %', meddles.what, meddles.status, meddles.name, sqlstate, sqlerrm;
    end;
    execute format('drop trigger %I on client_sessions', meddles.name);
  end loop;
end $$;
select * from sessions;
select books_balance();
rollback;
