-- A trigger of the application may write a session once more in a statement of its own, as soon as it is stored: it may confirm
-- one that is booked. Where it gives one up for which nothing has been paid yet, nothing is done at all.
begin;
call story.starts();
call give('Ann', 300);
create function follows() returns trigger language plpgsql as $$
begin
  case tg_argv[0]
    when 'delete' then delete from client_sessions where id = new.id;
    when 'refund' then perform public.process_peer_booking_refund(new.id, 'Not today');
    else update client_sessions set status = tg_argv[0] where id = new.id;
  end case;
  return null;
end $$;
create procedure nothing() language plpgsql as $$ begin end $$;
create procedure asked() language plpgsql as $$ begin perform ask('Ann', 'Ben'); end $$;
create procedure inserted() language plpgsql as $$ begin call inserts('Ann', 'Ben'); end $$;
create table tried (number integer generated always as identity, settlement text, call text, follows text, outcome text);
do $$
declare
  attempt record;
  outcome text;
  reply jsonb;
begin
  for attempt in
    select *
      from unnest(array['booking', 'completion']) as settlement
     cross join (values (1, 'book', 'insert', 'nothing', 'Ann'),
                        (2, 'ask', 'insert', 'nothing', 'Ann'),
                        (3, 'accept', 'update', 'asked', 'Ben'),
                        (4, 'charge', 'update', 'inserted', 'Ann')) as called (position, call, event, prepares, person)
     cross join unnest(array['confirmed', 'cancelled', 'declined', 'expired', 'completed', 'no_show', 'delete', 'refund']) as follows
     order by settlement, position, follows
  loop
    begin
      perform set_config('peer_exchange.settlement', attempt.settlement, true);
      execute format('call %I()', attempt.prepares);
      execute format('create trigger follows after %s on client_sessions for each row when (pg_trigger_depth() = 0) execute function follows(%L)',
                     attempt.event, attempt.follows);
      begin
        call signs_in(attempt.person);
        execute format('select %I(''Ann'', ''Ben'')', attempt.call) into reply;
        call signs_in(null);
        outcome := case when (reply -> 'success')::boolean then reply ->> 'status' else reply ->> 'error_code' end
                   || case when books_balance() then '' else ', and the books are wrong' end;
      exception when others then
        outcome := sqlstate;
      end;
      raise exception using errcode = 'UNDO0';
    exception when sqlstate 'UNDO0' then
      insert into tried (settlement, call, follows, outcome) values (attempt.settlement, attempt.call, attempt.follows, outcome);
    end;
  end loop;
end $$;
select settlement as pays_at, call, outcome, string_agg(follows, ', ' order by number) as follows
  from tried
 group by settlement, call, outcome
 order by settlement, min(number);
rollback;
