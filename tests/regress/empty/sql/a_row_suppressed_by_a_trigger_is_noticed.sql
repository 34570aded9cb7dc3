-- Never half: either it goes without the row, or nothing is written.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben', '10:00') -> 'success' as booked;
create function suppresses() returns trigger language plpgsql as 'begin return null; end';
create table tried (number integer generated always as identity, on_table text, event text, call text, outcome text);
do $$
declare
  attempt record;
  outcome text;
begin
  for attempt in
    select host, event, call
      from unnest(array['client_sessions', 'credits', 'credit_transactions', 'notifications']) with ordinality as tables (host, position)
     cross join unnest(array['insert', 'update']) as event
     cross join (values (1, 'book', $call$ book('Ann', 'Cyd', '12:00') $call$),
                        (2, 'refund', $call$ refund('Ann', 'Ben') $call$),
                        (3, 'move', $call$ plain(reschedule_peer_booking(session('Ann', 'Ben'), monday() + 1, '11:00')) $call$),
                        (4, 'grant', $call$ plain(peer_exchange.grant_credits(id('Cyd'), 5, 'Gift')) $call$)) as calls (number, name, call)
     where not (host in ('credit_transactions', 'notifications') and event = 'update')
     order by position, event, number
  loop
    begin
      execute format('create trigger a_suppresses before %s on %I for each row execute function suppresses()', attempt.event, attempt.host);
      begin
        execute 'select ' || attempt.call into outcome;
        outcome := coalesce(outcome::jsonb ->> 'error_code', 'success')
                   || case when books_balance() then '' else ', and the books are wrong' end;
      exception when others then
        outcome := sqlstate;
      end;
      raise exception using errcode = 'UNDO0';
    exception when sqlstate 'UNDO0' then
      insert into tried (on_table, event, call, outcome)
      values (attempt.host, attempt.event, split_part(btrim(attempt.call), '(', 1 + (attempt.call like '%plain%')::integer), outcome);
    end;
  end loop;
end $$;
select on_table, event, call, outcome from tried order by number;
rollback;
