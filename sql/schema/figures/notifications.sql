-- Whether people are reached. A notification is waiting while it is due, and dead where it was given up; what another one
-- tells as well is not delivered by itself.

create function peer_exchange.notification_figures_by_owner(
  p_from date, p_to date, p_timezone text)
returns table (day date, type text, notifications bigint, delivered bigint, waiting bigint, dead bigint,
               not_queued bigint, read bigint, delivery_attempts bigint, average_delivery_seconds numeric,
               longest_delivery_seconds numeric)
language plpgsql stable
set search_path = pg_catalog, pg_temp
set standard_conforming_strings = on
-- The planner can't know that the pages of some days lie together, and would rather read all of the largest
-- table.
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
  period record;
begin
  select * into strict period from peer_exchange.figure_period(p_from, p_to, p_timezone);
  return query
  with told as (
    select (notification.created_at::timestamptz at time zone period.timezone)::date as day,
           notification.type::text as type, notification.read_at is not null as is_read,
           coalesce(notification.delivery_attempts, 0) as delivery_attempts,
           case when notification.delivered_at is not null then 'delivered'
                when notification.delivery_due_at is not null then 'waiting'
                when notification.delivery_error::text = 'told together' then 'not queued'
                when notification.delivery_error is not null then 'dead'
                else 'not queued' end as delivery,
           case when isfinite(notification.delivered_at::timestamptz)
                then extract(epoch from notification.delivered_at::timestamptz - notification.created_at::timestamptz) end as seconds
      from public.notifications as notification
     where notification.created_at >= period.starts_at
       and notification.created_at < period.ends_at
       and notification.type::text like 'peer\_%'
  )
  select told.day, told.type, count(*), count(*) filter (where told.delivery = 'delivered'),
         count(*) filter (where told.delivery = 'waiting'), count(*) filter (where told.delivery = 'dead'),
         count(*) filter (where told.delivery = 'not queued'), count(*) filter (where told.is_read),
         sum(told.delivery_attempts)::bigint, round(avg(told.seconds), 1), round(max(told.seconds), 1)
    from told
   group by 1, 2
   order by 1, told.type collate "C";
end $$;

comment on function peer_exchange.notification_figures_by_owner(date, date, text) is
  'What peer_exchange.notification_figures does, as the owner of the tables.';

create function peer_exchange.notification_figures(
  p_from date default null, p_to date default null, p_timezone text default null)
returns table (day date, type text, notifications bigint, delivered bigint, waiting bigint, dead bigint,
               not_queued bigint, read bigint, delivery_attempts bigint, average_delivery_seconds numeric,
               longest_delivery_seconds numeric)
language c stable
as 'MODULE_PATHNAME', 'peer_exchange_as_owner';

comment on function peer_exchange.notification_figures(date, date, text) is
  'Notifications and their delivery by day and type. For service_role, peer_exchange_figures and the owner.';

create view peer_exchange.notification_delivery with (security_invoker = true) as
select day, type, notifications, delivered, waiting, dead, not_queued, read, delivery_attempts,
       average_delivery_seconds, longest_delivery_seconds
  from peer_exchange.notification_figures()
 order by day desc, type collate pg_catalog."C";

comment on view peer_exchange.notification_delivery is
  'Notifications of the last 90 days and their delivery, by day and type, newest first. notification_figures() takes other days and zones.';
comment on column peer_exchange.notification_delivery.waiting is 'Due now or later.';
comment on column peer_exchange.notification_delivery.dead is 'Given up after too many attempts.';
comment on column peer_exchange.notification_delivery.not_queued is 'Never meant for delivery, or told by another one.';
comment on column peer_exchange.notification_delivery.read is 'Marked as read by their recipients.';
comment on column peer_exchange.notification_delivery.average_delivery_seconds is 'From the event to the delivery.';
