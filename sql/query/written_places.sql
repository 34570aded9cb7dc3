-- What the row of a session says of where it takes place, in columns that an application may have. To be selected where the
-- row is called session. A column that it lacks is found one level further out, as NULL.
(select (select array_remove(array[location::text, visit_address::text, meeting_url::text, meeting_link::text], null)
           from (select session.*) as row_of_session)
   from (values (null, null, null, null)) as lacking (location, visit_address, meeting_url, meeting_link)) as written_places
