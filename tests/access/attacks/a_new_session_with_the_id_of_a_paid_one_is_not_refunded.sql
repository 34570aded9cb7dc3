-- A session can go with a person who is deleted, where the application wants it so; its ledger rows stay.
-- Somebody who inserts a session under its id must not be refunded for the former.
begin;
alter table public.client_sessions drop constraint client_sessions_therapist_id_fkey;
alter table public.client_sessions add constraint client_sessions_therapist_id_fkey
  foreign key (therapist_id) references public.users (id) on delete cascade;
do $$
declare
  reference record;
begin
  for reference in select conname, conrelid::regclass as host_table from pg_constraint
                    where contype = 'f' and confrelid = 'public.users'::regclass and confdeltype = 'a' loop
    execute format('alter table %s drop constraint %I', reference.host_table, reference.conname);
  end loop;
end $$;
delete from public.users where id = access.id('Ben');

call access.becomes('Ann');
do $$
declare
  before integer := access.balance('Ann');
begin
  begin
    insert into public.client_sessions (id, client_id, therapist_id, client_name, session_date, start_time, duration_minutes, is_peer_booking)
    values (access.session('begun'), access.id('Ann'), access.id('Eve'), 'Ann Doe', (now() + interval '44 days')::date, '10:00', 60, true);
    perform public.process_peer_booking_refund(access.session('begun'));
  exception when integrity_constraint_violation or insufficient_privilege then
  end;
  assert access.balance('Ann') = before, format('Ann had %s and has %s', before, access.balance('Ann'));
end $$;
rollback;
