-- A login that is a member of peer_exchange_figures sees what the owner sees, without BYPASSRLS or any other right, and can
-- write nothing. Included by a test of each database.
call give('Ann', 200);
select book('Ann', 'Ben', '10:00', 60) ->> 'success' as booked;
select book('Ann', 'Ben', '10:30', 60) ->> 'error_code' as code;
select refund('Ann', 'Ben') ->> 'success' as refunded;
select book('Ann', 'Cyd', '12:00', 15) ->> 'success' as booked;

create function story.figures() returns table (view_name name, rows bigint, content text)
language plpgsql as $$
begin
  for view_name in
    select relname from pg_class where relnamespace = 'peer_exchange'::regnamespace and relkind = 'v' order by relname
  loop
    execute format('select count(*), md5(string_agg(figure::text, '','' order by figure::text)) from peer_exchange.%I as figure',
                   view_name) into rows, content;
    return next;
  end loop;
end $$;
create table story.seen_by_owner as select * from figures();

create role reader_of_figures login in role peer_exchange_figures;
grant select on story.seen_by_owner to reader_of_figures;
set local role reader_of_figures;
select view_name, seen.rows > 0 as has_rows, seen.content is not distinct from figures.content as is_the_same
  from story.seen_by_owner as seen
  join figures() as figures using (view_name)
 order by view_name;
select count(*) as findings from peer_exchange.verify_ledger();
select count(*) > 0 as has_any from peer_exchange.person_figures(current_date - 1, current_date + 1, 'Europe/London');

\set VERBOSITY sqlstate
select peer_exchange.grant_credits(story.id('Ann'), 5, 'Gift');
select peer_exchange.purge_refusals();
select count(*) from peer_exchange.refusals;
select count(*) from public.credits;
select public.get_credit_statement();
reset role;

-- Whatever it may execute promises to write nothing.
select routine.oid::regprocedure as writes
  from peer_exchange.own_functions() as own
  join pg_proc as routine on routine.oid = own.id
 where has_function_privilege('reader_of_figures', routine.oid, 'execute') and routine.provolatile = 'v';
