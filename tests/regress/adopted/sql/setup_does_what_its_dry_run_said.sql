-- What it says is what it does; a conflict stays one until somebody has looked.
(table story.announced except all table story.reported) union all (table story.reported except all table story.announced);
select object, action, detail from story.reported where action <> 'unchanged' order by object collate "C", detail collate "C";
-- Again, there is nothing left to do; only the drift waits for somebody to look at it.
begin;
call story.starts();
select object, action from peer_exchange.setup() where action <> 'unchanged';
rollback;
