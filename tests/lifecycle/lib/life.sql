-- Life in an application: what it adds to the tables meanwhile, and sessions in every state. Dates
-- are counted from today and start on a Wednesday, when everybody works.
alter table public.client_sessions add column mood text not null default 'calm';
alter table public.users add column nickname text;
create index client_sessions_mood_idx on public.client_sessions (mood);
create policy "Everybody sees calm sessions" on public.client_sessions for select using (mood = 'serene');

create schema lifecycle;
create function lifecycle.wednesday() returns date language sql stable as $$
  select (date_trunc('week', now()) + interval '4 weeks 2 days')::date
$$;

update public.users set nickname = 'Annie' where first_name = 'Ann';

do $$
declare
  ann constant uuid := 'a0000000-0000-4000-8000-000000000001';
  ben constant uuid := 'a0000000-0000-4000-8000-000000000002';
  cyd constant uuid := 'a0000000-0000-4000-8000-000000000003';
  day constant date := lifecycle.wednesday();
  reply json;
begin
  reply := public.create_peer_booking(ann, ben, day, '09:00', 30, 'massage', p_idempotency_key => 'kept');
  assert (reply ->> 'success')::boolean, reply;
  reply := public.create_peer_booking(ann, cyd, day, '10:00', 15, 'massage');
  assert (reply ->> 'success')::boolean, reply;
  -- Cyd spends what she earned, and so owes it after the refund.
  reply := public.create_peer_booking(cyd, ben, day, '11:00', 15, 'massage');
  assert (reply ->> 'success')::boolean, reply;
  perform public.process_peer_booking_refund(id)
     from public.client_sessions where client_id = ann and therapist_id = cyd;
  reply := public.create_peer_booking(cyd, ben, day, '09:15', 15, 'massage');
  assert reply ->> 'error_code' = 'SLOT_CONFLICT', reply;
end $$;

-- The two-step flow, before its second step, and an unpaid hold.
insert into public.client_sessions
       (therapist_id, client_id, client_name, session_date, start_time, duration_minutes, session_type, status,
        is_peer_booking, expires_at, mood)
values ('a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000001', 'Ann Archer',
        lifecycle.wednesday(), '14:00', 30, 'massage', 'scheduled', true, null, 'serene'),
       ('a0000000-0000-4000-8000-000000000002', 'a0000000-0000-4000-8000-000000000003', 'Cyd Clay',
        lifecycle.wednesday(), '15:00', 30, 'massage', 'pending_payment', true, now() - interval '1 hour', 'calm');
