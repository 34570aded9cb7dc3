-- Twelve sessions by one statement, the last of which meets another one of Ann's: whatever writes them, and whatever else happens
-- meanwhile, that one is found. Each is tried, and rolled back.
\set VERBOSITY sqlstate
begin;
call story.starts();
call inserts('Ann', 'Ben', '12:00', day => monday(11));

create function tries(statement text) returns text
language plpgsql
as $$
begin
  execute statement;
  raise exception using errcode = 'P0999', message = format('accepted: %s sessions of Ann', (
    select count(*) from client_sessions where id('Ann') in (client_id, therapist_id) and occupied_during is not null));
exception
  when sqlstate 'P0999' then return sqlerrm;
  when others then return sqlstate;
end $$;

create view many as
select format('c0000000-0000-4000-8000-0000000000%s', lpad(week::text, 2, '0'))::uuid as id, id('Ann') as client_id, id('Dee') as therapist_id,
       monday(week) as session_date, time '12:30' as start_time, 60 as duration_minutes, true as is_peer_booking, week
  from generate_series(0, 11) as week;
create function insert_many() returns void
language plpgsql
as $$
begin
  insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
  select id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking from many;
end $$;

select tries('select insert_many()') as refused,
       tries($$update client_sessions set start_time = '14:00'; select insert_many()$$) as accepted,
       tries($$delete from client_sessions; select insert_many(); delete from client_sessions;
               call inserts('Ann', 'Ben', '12:00', day => monday(11)); select insert_many()$$) as again_by_the_same_plan;
select tries($$merge into client_sessions as present using many on false
               when matched then do nothing
               when not matched then insert (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               values (many.id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)$$) as merge;
select tries(format($$copy (select id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking from many) to %1$L;
                      copy client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking) from %1$L$$,
                    current_setting('data_directory') || '/many')) as copy;
select tries($$insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking from many
               returning id$$) as with_returning;

-- Rows that are there already are updated or left, and no row is mistaken for one that was inserted.
select tries($$insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id, client_id, therapist_id, session_date, start_time, 60, true from many where week < 11
               union all select id, client_id, therapist_id, session_date, '14:00', 60, true from many where week = 11;
               insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id, client_id, therapist_id, session_date + 1, '12:30', 60, true from many
               on conflict (id) do nothing;
               insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id, client_id, therapist_id, session_date, start_time, 60, true from many
               on conflict (id) do update set start_time = excluded.start_time$$) as updated,
       tries($$insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id, client_id, therapist_id, session_date, start_time, 60, true from many where week < 6;
               insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id, client_id, therapist_id, session_date, start_time, 60, true from many
               on conflict (id) do nothing$$) as inserted;

-- Two inserts of one statement, of which each would be accepted.
select tries($$with given as (
                 insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
                 select client_id, therapist_id, session_date + 1, '12:30', 60, true from many)
               insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id('Eli'), id('Ann'), session_date + 1, case week when 11 then time '13:00' else '15:00' end, 60, true from many$$) as refused,
       tries($$with given as (
                 insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
                 select client_id, therapist_id, session_date + 1, '12:30', 60, true from many)
               insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id('Eli'), id('Ann'), session_date + 1, '13:30', 60, true from many$$) as accepted;

-- Triggers of the application: one that gives sessions to another client before they are stored, one that does so after ours, one
-- that books another one meanwhile, before or after each is stored.
create function application_trigger() returns trigger
language plpgsql
as $$
begin
  if pg_trigger_depth() > 1 then
    return new;
  end if;
  case tg_argv[0]
    when 'gives' then
      new.client_id := id('Ann');
    when 'adds' then
      if new.session_date = monday(8) then
        insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
        values (id('Ann'), id('Ben'), monday(tg_argv[1]::integer), '12:00', 60, true);
      end if;
    when 'puts back' then
      begin
        delete from client_sessions where id = new.id;
        insert into client_sessions (id, client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
        values (new.id, id('Cyd'), id('Dee'), new.session_date, '20:00', 60, true);
        raise exception using errcode = 'P0998';
      exception when sqlstate 'P0998' then null;
      end;
  end case;
  return new;
end $$;
savepoint without_triggers;
create trigger gives before insert on client_sessions for each row execute function application_trigger('gives');
select tries($$insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select id('Eli'), therapist_id, session_date, start_time, 60, true from many$$) as given_to_ann;
rollback to without_triggers;
create trigger zzzzz_gives before insert on client_sessions for each row execute function application_trigger('gives');
select tries('select insert_many()') as later_trigger;
rollback to without_triggers;
create trigger adds before insert on client_sessions for each row execute function application_trigger('adds', '10');
update client_sessions set start_time = '14:00';
select tries('select insert_many()') as added_before_it;
rollback to without_triggers;
create trigger adds before insert on client_sessions for each row execute function application_trigger('adds', '7');
update client_sessions set start_time = '14:00';
select tries('select insert_many()') as added_after_it;
rollback to without_triggers;
create trigger adds after insert on client_sessions for each row execute function application_trigger('adds', '10');
update client_sessions set start_time = '14:00';
select tries('select insert_many()') as added_when_stored;
rollback to without_triggers;
create trigger a_puts_back after insert on client_sessions for each row execute function application_trigger('puts back');
select tries('select insert_many()') as put_back;
rollback to without_triggers;

-- The guard before they are stored alone, and on a server that replicates.
alter table client_sessions disable trigger peer_exchange_1_check_time;
select tries('select insert_many()') as without_check;
rollback to without_triggers;
alter table client_sessions enable always trigger zzzz_peer_exchange_3_keep_time;
select tries($$set local session_replication_role = replica; select insert_many()$$) as on_a_replica;
rollback to without_triggers;

-- A table of the application above that of the sessions, which fires triggers of its own for each statement.
create table every_session (like client_sessions including defaults) partition by list (is_peer_booking);
alter table every_session attach partition client_sessions default;
select tries($$insert into every_session (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
               select client_id, therapist_id, session_date, start_time, 60, true from many$$) as by_a_table_above;
rollback to without_triggers;
rollback;

begin isolation level repeatable read;
call story.starts();
call inserts('Ann', 'Ben', '12:00', day => monday(11));
insert into client_sessions (client_id, therapist_id, session_date, start_time, duration_minutes, is_peer_booking)
select id('Ann'), id('Dee'), monday(week), '12:30', 60, true from generate_series(0, 11) as week;
rollback;
