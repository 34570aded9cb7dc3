-- How an attack may end. Each of these raises where it ends otherwise.

-- It must raise an error of this SQLSTATE.
create procedure access.fails(attack text, expected text default '42501')
language plpgsql
as $$
declare
  state   text;
  message text;
begin
  begin
    execute attack;
    raise exception using errcode = 'XOPEN', message = 'nothing stopped it';
  exception when others then
    get stacked diagnostics state = returned_sqlstate, message = message_text;
    if state <> expected and message not in (select refusal.message from access.refusal_of_the_application as refusal) then
      raise exception '% expected, but got % (%): %', expected, state, message, attack;
    end if;
  end;
end $$;

-- It must find no row to work on.
create procedure access.touches_nothing(attack text)
language plpgsql
as $$
declare
  touched bigint;
begin
  execute attack;
  get diagnostics touched = row_count;
  if touched > 0 then
    raise exception '% rows were touched: %', touched, attack;
  end if;
end $$;

-- Either of the two, where the application's privileges decide which.
create procedure access.leads_nowhere(attack text)
language plpgsql
as $$
begin
  call access.touches_nothing(attack);
exception when insufficient_privilege then
end $$;

-- It must be answered with a refusal of this code.
create procedure access.refuses(attack text, expected_code text)
language plpgsql
as $$
declare
  reply json;
begin
  execute attack into reply;
  if reply ->> 'error_code' is distinct from expected_code then
    raise exception '% expected, but got %: %', expected_code, reply, attack;
  end if;
end $$;

-- Arguments of create_peer_booking, for those who try it in another's name.
create function access.booking(client text, practitioner text, key text default null) returns text
language sql
as $$
  select format('select public.create_peer_booking(%L, %L, (now() + interval ''40 days'')::date, ''10:00'', 60, ''massage'', null, null, %L)',
                access.id(client), access.id(practitioner), key)
$$;
