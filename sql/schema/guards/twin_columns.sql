-- Columns of an older generation that say the same as ours are kept equal, whoever writes.

-- Read and written by way of JSON: the application may drop such a column, and its next setup() the trigger.
create function peer_exchange.mirror_balance() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
-- An older column may be one of floating point, whose digits must all be there.
set extra_float_digits = 1
as $$
declare
  given   constant jsonb := to_jsonb(new);
  former  constant jsonb := to_jsonb(old);
  balance jsonb          := given -> 'balance';
begin
  if not given ? 'current_balance' then
    return new;
  end if;
  -- An older writer knows current_balance alone; nobody's write is lost.
  if tg_op = 'INSERT' then
    if coalesce(new.balance, 0) = 0 then
      balance := to_jsonb(coalesce((given ->> 'current_balance')::numeric, 0));
    end if;
  elsif new.balance is not distinct from old.balance
    and given -> 'current_balance' is distinct from former -> 'current_balance'
  then
    balance := given -> 'current_balance';
  end if;
  return jsonb_populate_record(new, jsonb_build_object('balance', balance, 'current_balance', balance));
end $$;

comment on function peer_exchange.mirror_balance() is
  'Trigger: keeps credits.current_balance and credits.balance equal.';

create function peer_exchange.mirror_notification() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  given jsonb := to_jsonb(new);
  twins jsonb := '{}';
begin
  if given ->> 'user_id' is null then
    twins := twins || jsonb_build_object('user_id', given -> 'recipient_id');
  end if;
  if given ->> 'message' is null then
    twins := twins || jsonb_build_object('message', given -> 'body');
  end if;
  if coalesce(given -> 'metadata', '{}') in ('{}', 'null') then
    twins := twins || jsonb_build_object('metadata', given -> 'payload');
  end if;
  return jsonb_populate_record(new, twins);
end $$;

comment on function peer_exchange.mirror_notification() is
  'Trigger: fills the older columns user_id, message and metadata of a notification where they exist.';

create function peer_exchange.mirror_read() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  -- What is told is not looked at: nobody may be able to read it.
  untold  constant jsonb := '{"payload": {}, "metadata": {}}';
  given   constant jsonb := to_jsonb(jsonb_populate_record(new, untold));
  is_read boolean        := (given ->> 'read')::boolean;
begin
  if new.read_at is distinct from old.read_at then
    is_read := new.read_at is not null;
  elsif given -> 'read' is distinct from to_jsonb(jsonb_populate_record(old, untold)) -> 'read' then
    new.read_at := case when is_read then coalesce(new.read_at, now()) end;
  elsif new.read_at is not null then
    -- Marked once more: rows that are older than this trigger may differ.
    is_read := true;
  end if;
  return jsonb_populate_record(new, jsonb_build_object('read', is_read));
end $$;

comment on function peer_exchange.mirror_read() is
  'Trigger: keeps notifications.read_at and its older twin read equal.';

-- Which zone's wall clock a session's time is on, for an application that keeps that with each. What is booked or moved by
-- our functions says so; what others write is theirs.
create function peer_exchange.fill_session_time_zone_by_owner() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and (new.session_date, new.start_time) is not distinct from (old.session_date, old.start_time) then
    return new;
  end if;
  return jsonb_populate_record(new, jsonb_build_object('session_timezone', new.occupied_timezone));
end $$;

comment on function peer_exchange.fill_session_time_zone_by_owner() is
  'What peer_exchange.fill_session_time_zone does in a statement of the library''s own.';

create function peer_exchange.fill_session_time_zone() returns trigger
language c
as 'MODULE_PATHNAME', 'peer_exchange_in_own_write';

comment on function peer_exchange.fill_session_time_zone() is
  'Trigger: fills client_sessions.session_timezone of a session that is booked or moved; passes all other statements.';
