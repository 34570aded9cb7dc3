-- What the part on jobs writes: once for a database.

-- Sessions to come, twenty of each practitioner up to the thousandth, in free time: on far days.
create table bench.imported as
select bench.person_id(n % people) as therapist_id, bench.person_id((n + people / 2) % people) as client_id,
       current_date + 400 + (n / people)::integer as session_date,
       make_time(case when n % people < people / 2 then 8 else 12 end, 0, 0) as start_time,
       60 as duration_minutes, 'massage' as session_type, 'scheduled' as status, true as is_peer_booking
  from (select least(count(*), 1000) as people from public.practitioner_products) as practising
 cross join lateral generate_series(0, 20 * people - 1) as n;

-- Somebody with as many sessions to come, each with somebody else.
create procedure bench.fill_calendar(p_person_id uuid, p_count integer)
language plpgsql
set session_replication_role = replica
as $$
begin
  create temporary table filled on commit drop as
  select gen_random_uuid() as id, p_person_id as therapist_id, client.id as client_id,
         current_date + 500 + (n / 8)::integer as session_date, make_time(8 + n % 8, 0, 0) as start_time
    from generate_series(0, p_count - 1) as n
    join (select id, row_number() over (order by id) - 1 as position, count(*) over () as people
            from public.users where user_role <> 'client' and id <> p_person_id) as client
      on client.position = n % client.people;
  insert into public.client_sessions
         (id, therapist_id, client_id, session_date, start_time, duration_minutes, session_type, status, is_peer_booking, occupied_during)
  select id, therapist_id, client_id, session_date, start_time, 60, 'massage', 'scheduled', true,
         tstzrange((session_date + start_time) at time zone 'Europe/London',
                   (session_date + start_time) at time zone 'Europe/London' + interval '60 minutes')
    from filled;
  insert into public.credit_transactions (id, user_id, transaction_type, amount, balance_before, balance_after, session_id)
  select gen_random_uuid(), party.user_id, party.kind, 60, 60, party.balance_after, filled.id
    from filled
   cross join lateral (values (client_id, 'session_payment', 0), (therapist_id, 'session_earning', 120))
                      as party (user_id, kind, balance_after);
end $$;

-- Everybody gets what the period brings.
create procedure bench.allocate()
language plpgsql
as $$
begin
  while peer_exchange.allocate_credits(1, 'Monthly', 'bench') > 0 loop
    commit;
  end loop;
end $$;

-- Sessions as a file, and from there into the table.
create procedure bench.export_sessions()
language plpgsql
as $$
begin
  execute format('copy bench.imported to %L', current_setting('data_directory') || '/imported.copy');
end $$;

create procedure bench.import_sessions()
language plpgsql
as $$
begin
  execute format('copy public.client_sessions (therapist_id, client_id, session_date, start_time, duration_minutes, session_type, '
                 || 'status, is_peer_booking) from %L', current_setting('data_directory') || '/imported.copy');
end $$;
