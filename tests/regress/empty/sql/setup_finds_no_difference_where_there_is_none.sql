-- Whatever the session's settings are, and however an administrator has things stored.
begin;
call story.starts();
set local quote_all_identifiers = on;
select distinct action from peer_exchange.setup(true);
select distinct action from peer_exchange.setup();
reset quote_all_identifiers;
set local search_path = peer_exchange, public;
set local datestyle = 'German, DMY';
set local timezone = 'Pacific/Kiritimati';
set local standard_conforming_strings = off;
select distinct action from peer_exchange.setup(true);
select distinct action from peer_exchange.setup();
alter index client_sessions_client_day_idx set (fillfactor = 80);
alter index credit_transactions_created_idx set (autosummarize = on);
alter table client_sessions add column favourite boolean;
alter table client_sessions drop column favourite;
select distinct action from peer_exchange.setup();
rollback;
