-- A booking inserts without a statement; what an application has put on its tables works all the same.
begin;
call story.starts();
call lives_in('UTC');
call give('Ann', 200);

create domain short_text as varchar(12) check (value <> '');
create sequence ticket;
alter table client_sessions
  add column ticket integer not null default nextval('ticket'),
  add column lasts_hours numeric generated always as (duration_minutes / 60.0) stored,
  add column remark short_text default 'by hand',
  alter column session_type type varchar(10);
drop view story.reminders, story.messages, story.ledger;
alter table notifications
  alter column title type varchar(40),
  alter column payload type json using payload::json,
  add column number bigint generated always as identity;
alter table credit_transactions
  alter column amount type bigint,
  alter column created_at type timestamp;

-- A trigger that sees each row first, one that sees each row afterwards, and one that sees them all.
create table public.seen (what text);
create function sees() returns trigger language plpgsql as $$
begin
  if tg_level = 'STATEMENT' then
    insert into public.seen select format('%s: %s rows', tg_table_name, count(*)) from inserted;
    return null;
  end if;
  if tg_when = 'BEFORE' then
    new.client_name := upper(new.client_name);
  end if;
  insert into public.seen values (format('%s: %s one of %s', tg_table_name, lower(tg_when), new.client_name));
  return new;
end $$;
create trigger sees_before before insert on client_sessions for each row execute function sees();
create trigger sees_after after insert on client_sessions for each row execute function sees();
create trigger sees_all after insert on client_sessions referencing new table as inserted for each statement execute function sees();
create trigger sees_all after insert on credit_transactions referencing new table as inserted for each statement execute function sees();
create trigger sees_all after insert on notifications referencing new table as inserted for each statement execute function sees();

select book('Ann', 'Ben') -> 'success' as booked;
select ticket, lasts_hours, remark, session_type, client_name from client_sessions;
select what from seen order by what;
select title, number, json_typeof(payload) as payload from notifications order by number;
select transaction_type, amount, abs(extract(epoch from created_at - localtimestamp)) < 3600 as now_by_the_clock_of_the_owner
  from credit_transactions where session_id is not null order by transaction_type;

-- What the application forbids is a fault, and everything is as before.
savepoint booked;
select create_peer_booking(story.id('Ann'), story.id('Cyd'), story.monday(), '15:00', 60, 'massage and more') -> 'success' as booked;
rollback to booked;
\set VERBOSITY terse
alter table notifications add constraint brief check (length(body) < 10) not valid;
select book('Ann', 'Cyd', at => '15:00') -> 'success' as booked;
rollback to booked;

-- A trigger that turns a session away has its place taken.
create function turns_away() returns trigger language plpgsql as 'begin return null; end';
create trigger turns_away before insert on client_sessions for each row execute function turns_away();
select book('Ann', 'Cyd', at => '15:00') ->> 'error_code' as refused_with;
select count(*) as sessions from client_sessions;
rollback;
