-- Everybody is told by a worker.
do $$
begin
  execute format('alter database %I set peer_exchange.delivery = ''queue''', current_database());
end $$;
set peer_exchange.delivery = 'queue';
