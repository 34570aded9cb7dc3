-- What is booked already stays and is named; whatever means nothing is turned away.
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
begin;
call story.starts();
call give('Ann', 300);
select book('Ann', 'Ben', '10:00') ->> 'status' as first, book('Ann', 'Ben', '18:00') ->> 'status' as second,
       ask('Ann', 'Ben', '20:00') ->> 'status' as third;

-- A function, so that each attempt is one line: what comes of it, without ids.
create function story.publishes(hours jsonb, timezone text default null) returns jsonb
language sql
as $$
  select jsonb_set(reply, '{sessions_outside}',
                   (select coalesce(jsonb_agg(kept - array['session_id', 'session_date', 'starts_at', 'ends_at'] order by kept ->> 'start_time'), '[]')
                      from jsonb_array_elements(reply -> 'sessions_outside') as kept))
    from to_jsonb(set_working_hours(hours, timezone)) as reply
$$;

call signs_in('Ben');
select jsonb_pretty(publishes('{"monday": {"enabled": true, "hours": [{"start": "9:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]},
                                "saturday": {"start": "22:00", "end": "02:00"}, "sunday": null}'));
-- By the clock of New York the same instants are other hours.
select publishes('{"monday": {"start": "09:00", "end": "17:00"}}', ' America/New_York ') -> 'sessions_outside' as outside;
select who(user_id) as person, working_hours, timezone from practitioner_availability;
-- None at all, and the setting's time zone.
select publishes('{}', '');
select who(user_id) as person, working_hours, timezone from practitioner_availability;

select world() as before \gset
select set_working_hours(null, 'Europe/London');
\echo :LAST_ERROR_SQLSTATE
select set_working_hours('[]', null);
\echo :LAST_ERROR_SQLSTATE
select set_working_hours('"open"', null);
select set_working_hours('{"Monday": {"start": "09:00", "end": "17:00"}}', null);
select set_working_hours('{"monday": {"start": "9am", "end": "17:00"}}', null);
select set_working_hours('{"monday": {"start": "09:00", "end": "17:00", "x": 1e400}}', null);
select set_working_hours('{"exceptions": {"Easter": []}}', null);
select set_working_hours('{"exceptions": {"2026-12-24": "closed"}}', null);
select set_working_hours(jsonb_build_object('monday', repeat('x', 1000000)), null);
select set_working_hours('{}', 'Mars/Base');
select set_working_hours('{}', repeat('x', 1000000));
\echo :LAST_ERROR_SQLSTATE
select world() = :'before' as nothing_was_written;

-- Only a practitioner has hours; one who is not active may prepare hers.
reset request.jwt.claims;
select set_working_hours('{}', null);
\echo :LAST_ERROR_SQLSTATE
call signs_in('Nobody');
select set_working_hours('{}', null);
update users set user_role = 'client' where id = id('Dee');
call signs_in('Dee');
select set_working_hours('{}', null);
select get_my_practice();
update users set is_active = false where id = id('Cyd');
call signs_in('Cyd');
select publishes('{"monday": {"enabled": false}}');
select who(user_id) as person, working_hours from practitioner_availability where user_id <> id('Ben');
rollback;
