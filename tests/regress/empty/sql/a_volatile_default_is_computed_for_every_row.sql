-- Volatile defaults are computed for each row, also where several are written at once.
begin;
call story.starts();
call give('Ann', 100);
create sequence number;
alter table notifications add number integer default nextval('number'), add secret uuid default gen_random_uuid(),
                          add written_at timestamptz default clock_timestamp();
alter table credit_transactions add number integer default nextval('number'), add secret uuid default gen_random_uuid();
alter table credits add secret uuid default gen_random_uuid();
select book('Ann', 'Ben') -> 'success' as booked;
select count(*), count(distinct number) as numbers, count(distinct secret) as secrets, count(distinct written_at) as moments from notifications;
select count(*), count(distinct number) as numbers, count(distinct secret) as secrets from credit_transactions where session_id is not null;
select count(*), count(distinct secret) as secrets from credits;
rollback;
