\i regress/adopted/scratch.sql
\i regress/adopted/scratch_application.sql
create function audits() returns trigger language plpgsql security definer as 'begin return null; end';
create function looks() returns trigger language plpgsql as 'begin return new; end';
create function sees() returns trigger language plpgsql set search_path = public, pg_temp as 'begin return new; end';
create trigger audits after update on client_sessions for each row execute function audits();
create trigger audits after update on credits for each row execute function audits();
create trigger looks before update on client_sessions for each row execute function looks();
create trigger sees before update on client_sessions for each row execute function sees();
create extension peer_exchange cascade;
select action, detail from peer_exchange.setup() where object ~ 'audits|looks|sees';
\i regress/adopted/scratch_end.sql
