-- A trigger of the application may describe an entry otherwise. Where it changes what is moved, of whom or what for, or keeps a row
-- from being written, nothing is done at all.
begin;
call story.starts();
call give('Ann', 300);
call give('Dee', 300);
create function meddles() returns trigger language plpgsql as $$
begin
  case tg_argv[0]
    when 'balance'      then new.balance := new.balance + 1;
    when 'held'         then new.held := new.held + 1;
    when 'owed'         then new.owed := new.owed + 1;
    when 'person'       then new.user_id := story.id('Eli');
    when 'amount'       then new.amount := new.amount + 1;
    when 'kind'         then new.transaction_type := case when new.transaction_type = 'bonus' then 'adjustment' else 'bonus' end;
    when 'before'       then new.balance_before := new.balance_before + 1;
    when 'after'        then new.balance_after := new.balance_after + 1;
    when 'held before'  then new.held_before := new.held_before + 1;
    when 'held after'   then new.held_after := new.held_after + 1;
    when 'owed before'  then new.owed_before := new.owed_before + 1;
    when 'owed after'   then new.owed_after := new.owed_after + 1;
    when 'session'      then new.session_id := case when new.session_id is null then story.id('Eli') end;
    when 'key'          then new.idempotency_key := coalesce(new.idempotency_key, '') || 'another';
    when 'description'  then new.description := 'Seen';
    when 'suppressed'   then return null;
  end case;
  return new;
end $$;
create procedure nothing() language plpgsql as $$ begin end $$;
create procedure booked() language plpgsql as $$ begin perform book('Ann', 'Ben'); end $$;
create procedure booked_twice() language plpgsql as $$
begin
  perform book('Ann', 'Ben');
  perform book('Dee', 'Ben', '12:00');
end $$;
create procedure booked_for_today() language plpgsql as $$
begin
  perform book('Ann', 'Ben');
  call begins_in('Ann', 'Ben', interval '0');
end $$;
create procedure asked() language plpgsql as $$ begin perform ask('Ann', 'Ben'); end $$;
create procedure asked_in_vain() language plpgsql as $$
begin
  perform ask('Ann', 'Ben');
  call requests_run_out();
end $$;
create procedure inserted() language plpgsql as $$ begin call inserts('Ann', 'Ben'); end $$;
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
create function is_deleted(person text) returns text language plpgsql as $$
begin
  delete from users where id = id(person);
  return 'done';
end $$;
create function sets(status text) returns text language plpgsql as $$
begin
  execute format('update client_sessions set status = %L', status);
  return 'done';
end $$;
create function counts(what text) returns text language plpgsql as $$
declare
  number integer;
begin
  execute 'select ' || what into number;
  return case number when 1 then 'done' else number::text end;
end $$;
create table attempts (number integer generated always as identity, settlement text, call text, prepares text, does text);
insert into attempts (settlement, call, prepares, does)
values ('booking', 'book', 'nothing', $$says('Ann', 'book(''Ann'', ''Ben'')')$$),
       ('completion', 'book', 'nothing', $$says('Ann', 'book(''Ann'', ''Ben'')')$$),
       ('booking', 'ask', 'nothing', $$says('Ann', 'ask(''Ann'', ''Ben'')')$$),
       ('booking', 'accept', 'asked', $$says('Ben', 'accept(''Ann'', ''Ben'')')$$),
       ('booking', 'charge', 'inserted', $$says('Ann', 'charge(''Ann'', ''Ben'')')$$),
       ('booking', 'cancel', 'booked', $$says('Ann', 'refund(''Ann'', ''Ben'')')$$),
       ('completion', 'cancel', 'booked', $$says('Ann', 'refund(''Ann'', ''Ben'')')$$),
       ('booking', 'set to cancelled', 'booked', $$sets('cancelled')$$),
       ('booking', 'depart', 'booked_twice', $$departs()$$),
       ('booking', 'be deleted', 'asked_in_vain', $$is_deleted('Ann')$$),
       ('booking', 'expire', 'asked_in_vain', $$counts('peer_exchange.expire_requests()')$$),
       ('completion', 'complete', 'booked_for_today', $$says('Ben', 'complete(''Ann'', ''Ben'')')$$),
       ('completion', 'set to completed', 'booked_for_today', $$sets('completed')$$),
       ('completion', 'miss', 'booked_for_today', $$says('Ben', 'report(''Ann'', ''Ben'')')$$),
       ('booking', 'grant', 'nothing', $$says(null, 'peer_exchange.grant_credits(id(''Ben''), 5, ''Gift'', ''key'')')$$),
       ('booking', 'adjust', 'nothing', $$says(null, 'peer_exchange.adjust_credits(id(''Ann''), -5, ''Error'')')$$),
       ('booking', 'allocate', 'nothing', $$counts('peer_exchange.allocate_credits(5, ''Gift'', ''2020'', array[id(''Ben'')])')$$);
create table tried (attempt integer, change text, outcome text);
do $$
declare
  attempt record;
  outcome text;
begin
  for attempt in
    select attempts.*, host, event, change
      from attempts
     cross join (values ('credits', 'insert', array['balance', 'held', 'owed', 'person', 'suppressed']),
                        ('credits', 'update', array['balance', 'held', 'owed', 'person', 'suppressed']),
                        ('credit_transactions', 'insert',
                         array['person', 'amount', 'kind', 'before', 'after', 'held before', 'held after', 'owed before', 'owed after', 'session', 'key',
                               'description', 'suppressed'])) as written (host, event, changes)
     cross join unnest(changes) as change
  loop
    begin
      perform set_config('peer_exchange.settlement', attempt.settlement, true);
      execute format('call %I()', attempt.prepares);
      execute format('create trigger z_meddles before %s on %I for each row execute function meddles(%L)', attempt.event, attempt.host, attempt.change);
      begin
        execute 'select ' || attempt.does into outcome;
        outcome := outcome || case when books_balance() then '' else ', and the books are wrong' end;
      exception when others then
        outcome := sqlstate;
      end;
      raise exception using errcode = 'UNDO0';
    exception when sqlstate 'UNDO0' then
      insert into tried
      values (attempt.number, case attempt.host when 'credits' then rtrim(attempt.event, 'e') || 'ed ' else '' end || attempt.change, outcome);
    end;
  end loop;
end $$;
select settlement as pays_at, call, outcome, string_agg(change, ', ' order by change collate "C") as changes
  from tried
  join attempts on attempts.number = attempt
 group by attempts.number, settlement, call, outcome
 order by attempts.number, outcome collate "C";
rollback;
