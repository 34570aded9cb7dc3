-- What an application may have put on its tables: functions of triggers, and a table in which they
-- note what they did and what they were told, in the transaction in which they did it.
create schema stress;
grant usage on schema stress to public;

create table stress.nested_calls (
  id      bigint generated always as identity primary key,
  -- The call within which it was done.
  call    text not null,
  trigger text not null,
  label   text not null,
  person  uuid,
  session uuid,
  made    public.client_sessions,
  reply   text);
grant select, insert on stress.nested_calls to public;

create function stress.note(
  p_trigger text, p_label text, p_person uuid default null, p_session uuid default null,
  p_made public.client_sessions default null, p_reply text default null)
returns void language sql as $$
  insert into stress.nested_calls (call, trigger, label, person, session, made, reply)
  values (coalesce(current_setting('stress.call', true), ''), p_trigger, p_label, p_person, p_session, p_made, p_reply)
$$;

-- One label in so many, always the same ones.
create function stress.picks(p_label text, p_one_in integer) returns boolean language sql immutable as $$
  select abs(hashtext(p_label)::bigint) % p_one_in = 0
$$;

create function stress.grant_bonus() returns trigger language plpgsql as $$
declare
  was_paid boolean := tg_op = 'UPDATE' and old.payment_status::text = 'paid';
  label    text := 'bonus ' || new.notes;
begin
  if new.payment_status::text = 'paid' and not was_paid then
    perform stress.note('bonus', label, new.client_id,
              p_reply => peer_exchange.grant_credits(new.client_id, 7, 'Bonus', label)::text);
  end if;
  return null;
end $$;

create function stress.book_again() returns trigger language plpgsql as $$
declare
  another public.client_sessions := new;
  reply   text;
begin
  if pg_trigger_depth() = 1 then
    another.session_date := new.session_date + 10;
    reply := public.create_peer_booking(new.client_id, new.therapist_id, another.session_date, new.start_time,
               new.duration_minutes, 'massage', 'again ' || new.notes)::text;
    perform stress.note('again', 'again ' || new.notes, p_made => another, p_reply => reply);
  end if;
  return null;
end $$;

-- Of the same two people, so that nobody else has to be locked; and one that nobody is at work on.
create function stress.displace_session() returns trigger language plpgsql as $$
declare
  displaced uuid;
begin
  if pg_trigger_depth() = 1 then
    select other.id into displaced
      from public.client_sessions as other
     where other.status::text = 'scheduled' and other.is_peer_booking and other.id <> new.id
       and (other.client_id, other.therapist_id) in ((new.client_id, new.therapist_id), (new.therapist_id, new.client_id))
       and exists (select from public.credit_transactions as payment where payment.session_id = other.id)
     order by other.id
     limit 1
       for no key update skip locked;
    if found then
      update public.client_sessions
         set status = 'cancelled', cancellation_reason = 'displaced by ' || new.notes
       where id = displaced;
      perform stress.note('displacement', 'displaced by ' || new.notes, p_session => displaced);
    end if;
  end if;
  return null;
end $$;

-- An ordinary session beside the peer booking, where the practitioner's other calendar is free.
create function stress.mirror_session() returns trigger language plpgsql as $$
declare
  mirror public.client_sessions;
begin
  if new.is_peer_booking and not exists (
       select from public.client_sessions as other
        where other.therapist_id = new.therapist_id and not other.is_peer_booking
          and other.session_date = new.session_date + 20
          and other.start_time < new.start_time + make_interval(mins => new.duration_minutes)
          and new.start_time < other.start_time + make_interval(mins => other.duration_minutes))
  then
    insert into public.client_sessions
           (therapist_id, client_name, session_date, start_time, duration_minutes, notes, status, is_peer_booking)
    values (new.therapist_id, 'Somebody else', new.session_date + 20, new.start_time, new.duration_minutes,
            'mirror of ' || new.notes, 'scheduled', false)
    returning * into mirror;
    perform stress.note('mirror', mirror.notes, p_session => mirror.id, p_made => mirror);
  end if;
  return null;
end $$;

create function stress.suppress_session() returns trigger language plpgsql as $$
begin
  return case when not stress.picks(new.notes, 4) then new end;
end $$;

create function stress.rename_session() returns trigger language plpgsql as $$
begin
  if stress.picks(new.notes, 2) then
    new.id := gen_random_uuid();
  end if;
  return new;
end $$;

create function stress.move_session() returns trigger language plpgsql as $$
begin
  if stress.picks(new.notes, 3) then
    case abs(hashtext(new.notes || ' moved')::bigint) % 4
      when 0 then new.start_time := new.start_time + interval '5 minutes';
      when 1 then new.session_date := new.session_date + 1;
      when 2 then new.duration_minutes := new.duration_minutes + 15;
      -- Whose row is locked last: a trigger that brings in somebody in front of those who are locked already
      -- makes deadlocks of its own.
      else new.client_id := (select id from public.users where id not in (new.client_id, new.therapist_id)
                              order by id desc limit 1);
    end case;
  end if;
  return new;
end $$;

create function stress.suppress_row() returns trigger language plpgsql as $$
begin
  return case when random() > 0.1 then new end;
end $$;

create function stress.raise_entry() returns trigger language plpgsql as $$
begin
  if random() < 0.1 then
    new.amount := new.amount + 1;
  elsif random() < 0.1 then
    new.balance_after := new.balance_after + 1;
  end if;
  return new;
end $$;

create function stress.raise_balance() returns trigger language plpgsql as $$
begin
  if random() < 0.1 then
    new.balance := new.balance + 1;
  end if;
  return new;
end $$;

create function stress.reword_notification() returns trigger language plpgsql as $$
begin
  new.title := 'Dear friend';
  return new;
end $$;

-- What makes an update of these columns one that has to go into every index.
create index stress_credits_updated_at on public.credits (updated_at);
create index stress_users_last_name on public.users (last_name);
