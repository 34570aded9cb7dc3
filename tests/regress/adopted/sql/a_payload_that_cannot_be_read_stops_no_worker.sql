-- A payload of type json keeps what nobody can read: the rest of it is handed out, and so is whatever is due beside it, in order.
begin;
call story.starts();
set local peer_exchange.delivery = 'queue';
drop view story.reminders, story.messages;
alter table notifications alter payload drop default, alter payload type json;
call give('Ann', 200);
create procedure story.writes(recipient text, value text)
language sql
as $$
  update notifications
     set payload = format('{"session_id": %s, "odd": %s, "plain": 1}', to_json(peer_exchange.readable_payload(payload) ->> 'session_id'), value)::json
   where recipient_id = id(recipient)
     and delivered_at is null
$$;
create function story.handed_out() returns table (person text, type text, payload_keys text)
language sql
as $$
  select who(recipient_id), type,
         case when payload ? 'starts_at' then 'as it was written'
              else (select string_agg(key, ' ' order by key) from jsonb_object_keys(payload) as key) end
    from peer_exchange.claim_notifications()
   order by 1, 2
$$;
select book('Ann', 'Ben') -> 'success' as booked;
call writes('Ann', '"\ud800"');
select * from handed_out();
call leases_end();
call writes('Ann', '1e400');
select * from handed_out();
call leases_end();
call writes('Ann', repeat('[', 200) || repeat(']', 200));
select * from handed_out();
-- What comes later waits for it, is let go by it, and is closed like any other.
select refund('Ann', 'Ben') -> 'success' as cancelled;
select * from handed_out();
select peer_exchange.ack_notifications(array(select id from notifications where type::text not like '%cancelled%')) as delivered;
select * from handed_out();
update notifications set payload = '"\ud800"' where recipient_id = id('Ann');
call leases_end();
select who(recipient_id) as person, type, payload is null as is_unreadable
  from peer_exchange.claim_notifications() where recipient_id = id('Ann') order by 1, 2;
rollback;
