-- What the people of tests/fixtures/self_settling_app.sql go on doing while it is adopted, by statements of the
-- application's own: each locks sessions, balances and people in another order. For pgbench, which calls it.
create schema work;

create table work.booked (session_id uuid primary key);
create sequence work.turns;

-- Nobody takes somebody else's time.
create function work.books_and_pays() returns void language plpgsql set search_path = public as $$
declare
  turn    bigint  := nextval('work.turns');
  people  uuid[]  := array(select id from users where email in ('many0@example.test', 'many1@example.test', 'many2@example.test',
                                                                'many3@example.test') order by random() limit 2);
  made_id uuid;
begin
  insert into client_sessions
    (therapist_id, client_id, client_name, session_date, start_time, duration_minutes, session_type, session_timezone,
     appointment_type, price, status, is_peer_booking, credit_cost)
  values (people[1], people[2], 'Works', current_date + 2000 + turn::integer, '10:00', 60, 'exchange', 'Europe/London',
          'exchange', 0, 'confirmed', true, 60)
  returning id into made_id;
  perform from credits where user_id = any (people) order by user_id for update;
  perform move_credits(people[2], 'session_payment', -60, made_id, 'Works');
  perform move_credits(people[1], 'session_earning', 60, made_id, 'Works');
  update client_sessions set payment_status = 'paid' where id = made_id;
  insert into work.booked (session_id) values (made_id);
end $$;

create function work.cancels() returns void language plpgsql set search_path = public as $$
declare
  due client_sessions;
  now_paid text;
begin
  delete from work.booked
   where session_id = (select session_id from work.booked limit 1 for update skip locked)
  returning session_id into due.id;
  if due.id is null then
    return;
  end if;
  select * into due from client_sessions where id = due.id;
  perform from credits where user_id in (due.client_id, due.therapist_id) order by user_id for update;
  update client_sessions set status = 'cancelled', cancelled_at = now() where id = due.id
  returning payment_status into now_paid;
  if now_paid = 'paid' then
    perform move_credits(due.client_id, 'refund', 60, due.id, 'Cancelled');
    perform move_credits(due.therapist_id, 'adjustment', -60, due.id, 'Cancelled');
    update client_sessions set payment_status = 'refunded' where id = due.id;
  end if;
end $$;

create function work.notes() returns void language plpgsql set search_path = public as $$
declare
  person_id uuid := (select id from users where email = any (array['many0@example.test', 'many1@example.test', 'many2@example.test',
                                                                'many3@example.test']) order by random() limit 1);
begin
  perform from users where id = person_id for no key update;
  update client_sessions set notes = 'Seen'
   where id = (select id from client_sessions
                where therapist_id = person_id and session_date between current_date and current_date + 60
                order by random() limit 1);
  perform from credits where user_id = person_id for update;
  perform count(*) from notifications where recipient_id = person_id;
end $$;

-- Nobody runs out of credits.
select public.move_credits(id, 'bonus', 1000000, null, 'Welcome')
  from public.users where email in ('many0@example.test', 'many1@example.test', 'many2@example.test', 'many3@example.test');
