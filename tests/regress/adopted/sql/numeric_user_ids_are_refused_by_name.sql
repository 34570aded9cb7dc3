\i regress/adopted/scratch.sql
create table users (id bigint primary key, email text, first_name text, last_name text, user_role text, is_active boolean);
create table client_sessions (
  id bigint primary key, therapist_id bigint references users, client_id bigint references users,
  session_date date not null, start_time time not null, duration_minutes integer not null, status text not null);
create extension peer_exchange cascade;
select * from peer_exchange.setup();
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname;
\i regress/adopted/scratch_end.sql
