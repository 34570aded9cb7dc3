-- An entry that says something else than today's folding, as one from another version would: setup() names it, folds it
-- anew, and then has nothing to do.
begin;
call story.starts();
update users set last_name = 'Ærø' where id = id('Ben');
update peer_exchange.search_entries set words = replace(words, 'aero', 'Ærø') where user_id = id('Ben');
select search_peer_practitioners('aero') -> 'total' as found;
select action, detail from peer_exchange.setup(true) where object like '%search_entries%';
select count(*) > 0 as was_set_up from peer_exchange.setup();
select search_peer_practitioners('aero') -> 'total' as found;
select action, detail from peer_exchange.setup(true) where object like '%search_entries%';
rollback;
