-- Sessions given or received count by the day on their own calendar, for so many days and ahead.
begin;
call story.starts();
set local session_replication_role = replica;
create procedure story.held(client text, practitioner text, days_ago integer, status text default 'completed')
language sql
as $$
  insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, status, is_peer_booking)
  values (id(client), id(practitioner), (now() at time zone 'UTC')::date - days_ago, '10:00', 60, status, true)
$$;
create function story.inactive(days integer default 90, zone text default null)
returns table (person text, given_days_ago integer, received_days_ago integer)
language sql
as $$
  select who(user_id), (now() at time zone 'UTC')::date - last_given_on, (now() at time zone 'UTC')::date - last_received_on
    from peer_exchange.inactivity_figures(days, zone)
$$;

-- Dee is not active, Eli is no practitioner.
insert into credits (user_id, balance) values (id('Cyd'), 70);
select * from inactive();
call held('Ann', 'Ben', 90);
select * from inactive();
update client_sessions set session_date = session_date - 1;
select * from inactive();
select * from inactive(91);

-- What was cancelled took no part; what lies ahead does, and an ordinary session does not.
call held('Ann', 'Ben', 1, 'cancelled');
call held('Ben', 'Ann', -5, 'scheduled');
call held('Eli', 'Cyd', 1);
update client_sessions set is_peer_booking = false where client_id = id('Eli');
select * from inactive();
select name, user_role, member_since is not null as has_date, last_given_on, balance, owed from peer_exchange.inactive_practitioners;

-- Whose today it is, the zone says: what was yesterday on the one side of the world is not over on the other.
delete from client_sessions;
call held('Ann', 'Ben', 0);
update client_sessions set session_date = (now() at time zone 'Pacific/Kiritimati')::date - 1;
select person from inactive(0, 'Pacific/Kiritimati');
select person from inactive(0, 'Pacific/Pago_Pago');
rollback;
