-- $1 practitioner; completed_sessions.sql follows, and she. What she has published and said of herself, whatever is wrong with some of it.
select hours.timezone,
       hours.working_hours,
       published.timezone                       as published_timezone,
       (select peer_exchange.is_made_by_setup('practitioner_availability')) as is_table_of_setup,
       coalesce(
         peer_exchange.readable_columns(
           to_json(practitioner.*)::text,
           array['user_role', 'location', 'visit_address', 'specializations', 'average_rating', 'rating', 'rating_count', 'review_count']),
         '{}')::text                            as profile,
       policy.*,
       completed.*,
       exists (select from public.cancellation_policies as own
                where own.practitioner_id = $1 and own.is_active) as has_own_policy,
       (select count(*)
          from public.client_sessions as session
         where session.therapist_id = $1
           and session.is_peer_booking
           and session.status = 'pending_approval'
           and session.expires_at > now())      as open_requests
  from public.users as practitioner
 cross join lateral peer_exchange.hours_of(practitioner.id) as hours
 cross join lateral peer_exchange.policy_of(practitioner.id) as policy
  left join lateral (
       select nullif(btrim(row.timezone::text), '') as timezone
         from public.practitioner_availability as row
        where row.user_id = practitioner.id
        limit 1) as published on true
