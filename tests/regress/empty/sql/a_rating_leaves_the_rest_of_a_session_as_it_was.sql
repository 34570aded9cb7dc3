-- What is rated is what took place. An application's trigger may write its own beside it, or the words otherwise; what has been
-- decided of the session stays.
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben') -> 'success' as booked;
call begins_in('Ann', 'Ben', interval '-2 hours');
call signs_in('Ben');
select complete('Ann', 'Ben') -> 'success' as completed;
call signs_in('Ann');
create function sets() returns trigger language plpgsql as $$
begin
  case tg_argv[0]
    when 'words'    then new.rating_comment := upper(new.rating_comment);
    when 'notes'    then new.notes := 'rated';
    when 'start'    then new.start_time := new.start_time - interval '1 hour';
    when 'duration' then new.duration_minutes := 30;
    when 'client'   then new.client_id := 'a0000000-0000-4000-8000-000000000003';
    when 'kind'     then new.is_peer_booking := false;
    when 'status'   then new.status := 'cancelled';
    when 'payment'  then new.payment_status := 'refunded';
    when 'cost'     then new.credit_cost := 1;
    when 'held'     then new.held_credits := 60;
    when 'stars'    then new.rating := 1;
  end case;
  return new;
end $$;
-- Before our own triggers and after them.
do $$
declare
  meddles record;
begin
  for meddles in
    select what, name
      from unnest(array['words', 'notes', 'start', 'duration', 'client', 'kind', 'status', 'payment', 'cost', 'held', 'stars']) as what,
           unnest(array['a_sets', 'zzzzz_sets']) as name
  loop
    begin
      execute format('create trigger %I before update on client_sessions for each row execute function sets(%L)', meddles.name, meddles.what);
      raise notice '% by %: %', meddles.what, meddles.name,
        rate_peer_session(session('Ann', 'Ben'), 5, 'good')::jsonb - '{session_id,rated_at,changeable_until}'::text[];
      raise exception using errcode = 'P0001', message = 'and back';
    exception when others then
      raise notice '% %', sqlstate, sqlerrm;
    end;
  end loop;
end $$;
select books_balance();
rollback;
