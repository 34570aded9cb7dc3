-- Whatever the library makes of a session, a trigger of the application may write its own beside it. Where it changes what is
-- decided of the session, or keeps its row from being written, nothing is done at all.
begin;
call story.starts();
call give('Ann', 300);
call give('Cyd', 300);
create function meddles() returns trigger language plpgsql as $$
begin
  case tg_argv[0]
    when 'notes'        then new.notes := 'seen';
    when 'id'           then new.id := 'c0000000-0000-4000-8000-000000000001';
    when 'practitioner' then new.therapist_id := story.id('Dee');
    when 'client'       then new.client_id := story.id('Dee');
    when 'kind'         then new.is_peer_booking := false;
    when 'status'       then new.status := case when new.status = 'in_progress' then 'cancelled' else 'in_progress' end;
    when 'day'          then new.session_date := new.session_date + 1;
    when 'start'        then new.start_time := new.start_time + interval '1 hour';
    when 'duration'     then new.duration_minutes := 30;
    when 'zone'         then new.occupied_timezone := 'Asia/Kolkata';
    when 'time'         then new.occupied_during := case when new.occupied_during is null then tstzrange(now(), now() + interval '1 hour') end;
    when 'product'      then new.product_id := story.id('Dee');
    when 'cost'         then new.credit_cost := 1;
    when 'held'         then new.held_credits := coalesce(new.held_credits, 0) + 1;
    when 'key'          then new.idempotency_key := 'another';
    when 'asked'        then new.requested_at := case when new.requested_at is null then now() end;
    when 'accepted'     then new.accepted_at := case when new.accepted_at is null then now() end;
    when 'reported'     then new.no_show_reported_at := case when new.no_show_reported_at is null then now() end;
    when 'reporter'     then new.no_show_reported_by := story.id('Dee');
    when 'disputed'     then new.disputed_at := case when new.disputed_at is null then now() end;
    when 'settled'      then new.settled_at := case when new.settled_at is null then now() end;
    when 'suppressed'   then return null;
  end case;
  return new;
end $$;
create procedure booked_for_today() language plpgsql as $$
begin
  perform book('Ann', 'Ben');
  call begins_in('Ann', 'Ben', interval '0');
end $$;
create procedure reported() language plpgsql as $$
begin
  call booked_for_today();
  call signs_in('Ann');
  perform report('Ann', 'Ben');
  call signs_in(null);
end $$;
create procedure contradicted() language plpgsql as $$
begin
  call reported();
  call signs_in('Ben');
  perform report('Ann', 'Ben');
  call signs_in(null);
end $$;
create procedure asked() language plpgsql as $$
begin
  perform ask('Ann', 'Ben');
end $$;
create procedure asked_in_vain() language plpgsql as $$
begin
  perform ask('Ann', 'Ben');
  call requests_run_out();
end $$;
create procedure kept_unpaid() language plpgsql as $$
begin
  call inserts('Ann', 'Ben', status => 'pending_payment');
  update client_sessions set expires_at = now() + interval '1 hour';
  call holds_run_out();
end $$;
create procedure inserted() language plpgsql as $$
begin
  call signs_in('Ann');
  call inserts('Ann', 'Ben');
  call signs_in(null);
end $$;
create procedure left_behind() language plpgsql as $$
begin
  call inserted();
  insert into peer_exchange.awaited_charges (session_id, since) values (session('Ann', 'Ben'), now() - interval '1 hour');
end $$;
create procedure reported_long_ago() language plpgsql as $$
begin
  call reported();
  call was_reported(interval '1 year');
end $$;
create procedure completed() language plpgsql as $$
begin
  call booked_for_today();
  call signs_in('Ben');
  perform complete('Ann', 'Ben');
  call signs_in(null);
end $$;
create function inserts_beside() returns text language plpgsql as $$
begin
  call signs_in('Cyd');
  call inserts('Cyd', 'Ben');
  call signs_in(null);
  return 'done';
end $$;
create procedure booked() language plpgsql as $$ begin perform book('Ann', 'Ben'); end $$;
create procedure nothing() language plpgsql as $$ begin end $$;
create function says(person text, what text) returns text language plpgsql as $$
declare
  reply jsonb;
begin
  call signs_in(person);
  execute 'select ' || what into reply;
  call signs_in(null);
  return case when (reply -> 'success')::boolean then 'done' else reply ->> 'error_code' end;
end $$;
create function departs() returns text language plpgsql as $$
begin
  update users set is_active = false where id = id('Ben');
  return 'done';
end $$;
create function is_deleted() returns text language plpgsql as $$
begin
  delete from users where id = id('Ben');
  return 'done';
end $$;
create function counts(what text) returns text language plpgsql as $$
declare
  number integer;
begin
  execute 'select ' || what into number;
  return case number when 1 then 'done' else number::text end;
end $$;
create table attempts (number integer generated always as identity, settlement text, call text, event text, prepares text, does text);
insert into attempts (settlement, call, event, prepares, does)
values ('booking', 'book', 'insert', 'nothing', $$says('Ann', 'book(''Ann'', ''Ben'')')$$),
       ('booking', 'ask', 'insert', 'nothing', $$says('Ann', 'ask(''Ann'', ''Ben'')')$$),
       ('booking', 'accept', 'update', 'asked', $$says('Ben', 'accept(''Ann'', ''Ben'')')$$),
       ('completion', 'accept', 'update', 'asked', $$says('Ben', 'accept(''Ann'', ''Ben'')')$$),
       ('booking', 'charge', 'update', 'inserted', $$says('Ann', 'charge(''Ann'', ''Ben'')')$$),
       ('completion', 'move', 'update', 'booked', $$says('Ann', 'plain(reschedule_peer_booking(session(''Ann'', ''Ben''), monday() + 1, ''11:00''))')$$),
       ('booking', 'cancel', 'update', 'booked', $$says('Ann', 'refund(''Ann'', ''Ben'')')$$),
       ('completion', 'cancel', 'update', 'booked', $$says('Ben', 'refund(''Ann'', ''Ben'')')$$),
       ('booking', 'withdraw', 'update', 'asked', $$says('Ann', 'refund(''Ann'', ''Ben'')')$$),
       ('booking', 'decline', 'update', 'asked', $$says('Ben', 'refund(''Ann'', ''Ben'')')$$),
       ('booking', 'depart', 'update', 'booked', $$departs()$$),
       ('booking', 'be deleted', 'update', 'asked_in_vain', $$is_deleted()$$),
       ('completion', 'be deleted', 'update', 'reported', $$is_deleted()$$),
       ('booking', 'expire', 'update', 'asked_in_vain', $$counts('peer_exchange.expire_requests()')$$),
       ('booking', 'book what was asked for', 'update', 'asked_in_vain', $$says('Cyd', 'book(''Cyd'', ''Ben'')')$$),
       ('booking', 'book what was held', 'update', 'kept_unpaid', $$says('Cyd', 'book(''Cyd'', ''Ben'')')$$),
       ('booking', 'insert where it was held', 'update', 'kept_unpaid', $$inserts_beside()$$),
       ('booking', 'clean up', 'update', 'left_behind', $$counts('peer_exchange.cancel_orphaned_sessions()')$$),
       ('booking', 'complete', 'update', 'booked_for_today', $$says('Ben', 'complete(''Ann'', ''Ben'')')$$),
       ('completion', 'complete', 'update', 'booked_for_today', $$says('Ben', 'complete(''Ann'', ''Ben'')')$$),
       ('completion', 'miss', 'update', 'booked_for_today', $$says('Ben', 'report(''Ann'', ''Ben'')')$$),
       ('completion', 'report', 'update', 'booked_for_today', $$says('Ann', 'report(''Ann'', ''Ben'')')$$),
       ('completion', 'contradict', 'update', 'reported', $$says('Ben', 'report(''Ann'', ''Ben'')')$$),
       ('completion', 'resolve', 'update', 'contradicted', $$says(null, 'resolve(''Ann'', ''Ben'', 50)')$$),
       ('completion', 'settle in time', 'update', 'reported_long_ago', $$counts('peer_exchange.settle_due_sessions()')$$),
       ('booking', 'rate', 'update', 'completed', $$says('Ann', 'plain(rate_peer_session(session(''Ann'', ''Ben''), 5))')$$);
create table tried (attempt integer, change text, trigger_name text, outcome text);
-- After our own triggers, and before them where that makes a difference.
do $$
declare
  attempt record;
  outcome text;
begin
  for attempt in
    select attempts.*, change, trigger_name
      from attempts
     cross join unnest(array['notes', 'id', 'practitioner', 'client', 'kind', 'status', 'day', 'start', 'duration', 'zone', 'time', 'product', 'cost',
                             'held', 'key', 'asked', 'accepted', 'reported', 'reporter', 'disputed', 'settled', 'suppressed']) as change
     cross join unnest(array['a_meddles', 'zzzzz_meddles']) as trigger_name
     where trigger_name = 'zzzzz_meddles' or change in ('notes', 'id', 'status', 'cost', 'held')
  loop
    begin
      perform set_config('peer_exchange.settlement', attempt.settlement, true);
      execute format('call %I()', attempt.prepares);
      execute format('create trigger %I before %s on client_sessions for each row execute function meddles(%L)',
                     attempt.trigger_name, attempt.event, attempt.change);
      begin
        execute 'select ' || attempt.does into outcome;
        outcome := outcome || case when books_balance() then '' else ', and the books are wrong' end;
      exception when others then
        outcome := sqlstate;
      end;
      raise exception using errcode = 'UNDO0';
    exception when sqlstate 'UNDO0' then
      insert into tried values (attempt.number, attempt.change, attempt.trigger_name, outcome);
    end;
  end loop;
end $$;
select settlement as pays_at, call, outcome, string_agg(change, ' ' order by change collate "C") as changes
  from (select attempt, outcome, case when trigger_name = 'a_meddles' then 'early ' else '' end || change as change from tried) as told
  join attempts on attempts.number = attempt
 group by attempts.number, settlement, call, outcome
 order by attempts.number, outcome collate "C";
rollback;
