-- Columns of an older generation that say the same as ours are kept equal, whoever writes.

create function peer_exchange.mirror_balance() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- An older writer knows current_balance alone; nobody's write is lost.
  if tg_op = 'INSERT' then
    if coalesce(new.balance, 0) = 0 then
      new.balance := coalesce(new.current_balance, 0);
    end if;
  elsif new.balance is not distinct from old.balance then
    if new.current_balance is distinct from old.current_balance then
      new.balance := new.current_balance;
    end if;
  end if;
  new.current_balance := new.balance;
  return new;
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
begin
  if new.read_at is distinct from old.read_at then
    new.read := new.read_at is not null;
  elsif new.read is distinct from old.read then
    new.read_at := case when new.read then coalesce(new.read_at, now()) end;
  elsif new.read_at is not null then
    -- Marked once more: rows that are older than this trigger may differ.
    new.read := true;
  end if;
  return new;
end $$;

comment on function peer_exchange.mirror_read() is
  'Trigger: keeps notifications.read_at and its older twin read equal.';
