begin;
call story.starts();
create function pg_temp.passes() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger zzzz_z before update on client_sessions for each row execute function pg_temp.passes();
create trigger zzzz_a before update on client_sessions for each row execute function pg_temp.passes();
create trigger zzzzz_after after update on client_sessions for each row execute function pg_temp.passes();
select object, action from peer_exchange.setup(true) where object like 'trigger %' and action <> 'unchanged';

-- Every trigger of ours that derives something fires after all others that the application has.
select tgname from pg_trigger
 where tgrelid = 'client_sessions'::regclass and tgtype & 3 = 3 and tgtype & 20 <> 0 and not tgisinternal
   and tgname not like 'zzzz\_z' and tgname not like '0\_%'
 order by tgname::text collate "C" desc limit 5;
rollback;
