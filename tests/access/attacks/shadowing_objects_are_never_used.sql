-- Whatever a person may create, in pg_temp or in a schema of her own, first on the path.
begin;
create schema shadow;
grant all on schema shadow to authenticated;
do $$
begin
  execute format('grant temporary on database %I to authenticated', current_database());
end $$;
call access.becomes('Ann');
set local search_path = shadow, pg_temp, public, pg_catalog;

create temporary table users (id uuid, user_role text, is_active boolean, first_name text, last_name text, email text);
create temporary table credits (user_id uuid, balance integer, owed integer, total_earned integer, total_spent integer);
create temporary table client_sessions (id uuid, client_id uuid, therapist_id uuid);
create table shadow.credits (user_id uuid, balance integer, owed integer);
insert into shadow.credits values (access.id('Ann'), 1000000, 0);
insert into pg_temp.credits values (access.id('Ann'), 1000000, 0, 0, 0);
create function shadow.now() returns timestamptz language sql as 'select timestamptz ''2000-01-01''';
create function shadow.is_own_write() returns boolean language sql as 'select true';
create function shadow.is_called_by_person() returns boolean language sql as 'select false';
create function shadow.lower(tstzrange) returns timestamptz language sql as 'select timestamptz ''2000-01-01''';
create function shadow.current_setting(text, boolean) returns text language sql as
  $$ select '{"sub": "d0000000-0000-4000-8000-000000000004"}' $$;
create function shadow.equal(uuid, uuid) returns boolean language sql as 'select true';
create operator shadow.= (leftarg = uuid, rightarg = uuid, function = shadow.equal);
create function shadow.differs(integer, integer) returns boolean language sql as 'select false';
create operator shadow.<> (leftarg = integer, rightarg = integer, function = shadow.differs);

call access.fails('update public.client_sessions set credit_cost = 1000', '23514');
call access.fails(format('update public.client_sessions set status = ''completed'' where id operator(pg_catalog.=) %L', access.session('paid')), '23514');
call access.fails(format('update public.client_sessions set status = ''cancelled'' where id operator(pg_catalog.=) %L', access.session('begun')), '23514');
call access.touches_nothing(format('update public.client_sessions set notes = ''Seen'' where id operator(pg_catalog.=) %L', access.session('strange')));
call access.touches_nothing(format('select 1 from public.credits where user_id operator(pg_catalog.<>) %L', access.id('Ann')));
call access.fails(format('select public.process_peer_booking_refund(%L)', access.session('strange')));
do $$
declare
  reply json := public.process_peer_booking_credits(access.id('Ann'), access.id('Ben'), access.session('unpaid'), 60);
begin
  assert (reply ->> 'success')::boolean, reply::text;
  assert (reply ->> 'client_balance_after')::integer operator(pg_catalog.=) access.balance('Ann'), reply::text;
end $$;
reset search_path;
call access.becomes('owner');
call access.books_balance();
rollback;
