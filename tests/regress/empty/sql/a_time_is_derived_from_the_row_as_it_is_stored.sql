-- Whatever the application's own triggers make of a session before.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY sqlstate
begin;
call story.starts();
call give('Ann', 200);
create function accepts() returns trigger language plpgsql as $$
begin
  if new.status = 'pending_approval' then
    new.status := 'confirmed';
  end if;
  return new;
end $$;
create trigger zz_accepts before insert or update on client_sessions for each row execute function accepts();
call inserts('Cyd', 'Ben', '10:00', status => 'pending_approval');
select * from sessions;
select book('Ann', 'Ben', '10:30') ->> 'error_code' as code;
call inserts('Ann', 'Ben', '10:30', status => 'pending_approval');
-- So it is when one moves it, by hours or by what it lasts.
create function starts_later() returns trigger language plpgsql as $$
begin
  new.start_time := new.start_time + interval '2 hours';
  return new;
end $$;
create trigger starts_later before update on client_sessions for each row execute function starts_later();
update client_sessions set notes = 'Later';
select start_time, lower(occupied_during)::time as occupied_from from client_sessions;
drop trigger starts_later on client_sessions;

-- One that fires after ours is found out.
alter trigger zz_accepts on client_sessions rename to zzzzz_accepts;
call inserts('Ann', 'Ben', '15:00', status => 'pending_approval');
call inserts('Ann', 'Ben', '15:00');
update client_sessions set status = 'pending_approval' where start_time = '15:00';
select start_time, status, occupies from sessions;
rollback;

-- None of what we derive may be overtaken by an ordinary name.
select tgname from pg_trigger
 where tgrelid = 'client_sessions'::regclass and tgtype & 2 = 2 and tgtype & 1 = 1 and tgtype & 8 = 0
 order by tgname collate "C";
