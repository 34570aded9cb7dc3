-- What the row of a session says of where it takes place, in columns that an application may have. To be selected where the
-- row is called session. A column that it lacks is found one level further out, as NULL.
(select place.written_places
   from (select null::text as location, null::text as visit_address, null::text as meeting_url, null::text as meeting_link)
          as lacking
  cross join lateral (
        select array_remove(array[left(location::text, 10000), left(visit_address::text, 10000),
                                  left(meeting_url::text, 10000), left(meeting_link::text, 10000)], null) as written_places
          from (select session.*) as row_of_session) as place) as written_places
