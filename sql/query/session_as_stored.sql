returning id,
          therapist_id,
          client_id,
          -- A start at 24:00 is midnight of the next day.
          (session_date + start_time)::date                         as session_date,
          coalesce((session_date + start_time)::time, time '00:00') as start_time,
          duration_minutes::integer as duration_minutes,
          status::text              as status,
          is_peer_booking,
          lower(occupied_during)    as starts_at,
          upper(occupied_during)    as ends_at
