-- Functions and views of the application by which people write balances with its rights. setup() names them, and leaves them.
\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
set check_function_bodies = off;
create function give_back(p_user uuid, p_amount integer) returns void language plpgsql security definer set search_path = public as $$
begin
  update credits set balance = balance + p_amount where user_id = p_user;
end $$;
create function welcome(p_user uuid) returns void language sql security definer set search_path = public as
  'select give_back(p_user, 10)';
create function by_parts(p_table text) returns void language plpgsql security definer set search_path = public as $$
begin
  execute format('insert into %I select', coalesce(p_table, 'credits'));
end $$;
create function of_the_standard() returns void language sql security definer begin atomic delete from credit_transactions; end;
create function by_our_own(p_user uuid) returns json language sql security definer as
  $$ select peer_exchange.grant_credits(p_user, 10, 'Welcome') $$;
-- With the rights of whoever calls, for nobody to call, or no more than a remark.
create function by_the_caller() returns void language sql as 'update credits set balance = 1';
create function for_nobody() returns void language sql security definer as 'update credits set balance = 1';
revoke execute on function for_nobody() from public, anon, authenticated;
create function remarks() returns void language sql security definer as 'select -- update credits
  /* update credits */';
create view wallets as select user_id, balance from credits;
create view wallets_of_the_caller with (security_invoker) as select user_id, balance from credits;
create view totals as select sum(balance) from credits;
grant all on wallets, wallets_of_the_caller, totals to authenticated;
revoke insert, update, delete on wallets from anon;
create table ratings (user_id uuid, credits integer);
create table tips (user_id uuid, credits integer);
create table notes (user_id uuid, credits integer);
create function reward() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update credits set balance = balance + new.credits where user_id = new.user_id;
  return new;
end $$;
create trigger rewards after insert or update on ratings for each row execute function reward();
create rule tipped as on insert to tips do also update credits set balance = balance + new.credits where user_id = new.user_id;
grant insert on ratings, tips, notes to authenticated;
revoke all on ratings, tips, notes from anon;
create extension peer_exchange cascade;
\o /dev/null
select * from peer_exchange.setup();
\o
create temporary view doors as
  select object, action, replace(detail, quote_ident(session_user), 'its owner') as detail from peer_exchange.setup()
   where object ~ '^(function |view |table public\.(ratings|tips|notes)$)' and action <> 'unchanged';
select * from doors order by object;
select has_function_privilege('anon', 'give_back(uuid, integer)', 'execute') as is_left_open;
-- What is closed is named no longer.
revoke execute on function give_back(uuid, integer), welcome(uuid), by_parts(text), of_the_standard(), by_our_own(uuid) from public, anon, authenticated;
revoke insert, update, delete on wallets from authenticated;
revoke insert, update on ratings, tips from authenticated;
select * from doors;
\i regress/adopted/scratch_end.sql
