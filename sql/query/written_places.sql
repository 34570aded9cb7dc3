-- What the row of a session says of where it takes place, in columns that an application may have. To be selected where the
-- row is called session. A column that it lacks is found one level further out, as NULL.
(select (select array_remove(array[left(location::text, 10000), left(visit_address::text, 10000), left(meeting_url::text, 10000),
                                   left(meeting_link::text, 10000)], null)
           from (select session.*) as row_of_session)
   from (values (null, null, null, null)) as lacking (location, visit_address, meeting_url, meeting_link)) as written_places
