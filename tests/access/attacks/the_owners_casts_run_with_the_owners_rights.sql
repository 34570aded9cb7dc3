-- Types of the owner's own, with casts to text and to JSON, where we read a column as the one or the other.
begin;
call access.tables_belong_to_a_plain_role();
set local role access_owner;
create type public.place as enum ('Leeds', 'York');
create function public.place_as_json(place public.place) returns json language plpgsql as
  $$ begin perform public.overhears('cast to json'); return '"Leeds"'; end $$;
create cast (public.place as json) with function public.place_as_json(public.place) as assignment;
create type public.calling as enum ('osteopath', 'client');
create function public.calling_as_text(calling public.calling) returns text language plpgsql as
  $$ begin perform public.overhears('cast to text'); return 'osteopath'; end $$;
create cast (public.calling as text) with function public.calling_as_text(public.calling) as assignment;
alter table public.users drop column location, alter user_role drop default, drop constraint if exists users_user_role_check;
alter table public.users add location public.place default 'Leeds', alter user_role type public.calling using 'osteopath';
set local role none;
delete from public.overheard;
delete from peer_exchange.search_entries;

select count(*) > 0 as was_set_up from peer_exchange.setup();
do $$
declare
  booked json := public.create_peer_booking(access.id('Ann'), access.id('Ben'), (now() + interval '40 days')::date, '10:00', 60, 'massage');
begin
  assert (booked ->> 'success')::boolean, booked::text;
end $$;
call access.becomes('Ann');
select public.search_peer_practitioners('leeds') ->> 'practitioners' is not null as was_found;
call access.becomes('owner');
set local role access_owner;
update public.users set location = 'York' where id = access.id('Ben');
set local role none;
call access.nothing_ran_with_more_rights(array['cast to json', 'cast to text']);
rollback;
