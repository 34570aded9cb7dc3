-- What clients say of sessions that took place. An application that rates by itself keeps that, and nothing is put beside it.

-- Names under which applications keep ratings of their own.
create function peer_exchange.has_ratings_of_its_own() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (
           select from (values
             ('users', array['average_rating', 'rating', 'rating_count', 'review_count']),
             ('client_sessions', array['rating', 'client_rating', 'session_rating', 'feedback_rating', 'stars', 'review', 'client_review']))
             as kept (table_name, column_names)
             join pg_attribute as attribute
                  on attribute.attrelid = to_regclass('public.' || kept.table_name)
                 and attribute.attname = any (kept.column_names)
                 and not attribute.attisdropped)
      or exists (
           select from unnest(array['reviews', 'ratings', 'session_reviews', 'session_ratings', 'practitioner_reviews',
                                    'practitioner_ratings', 'therapist_reviews', 'therapist_ratings']) as name
            where to_regclass('public.' || name) is not null)
$$;

comment on function peer_exchange.has_ratings_of_its_own() is
  'Whether the application has columns or a table by which it rates sessions or people itself.';

-- Columns of these names and types, whoever made them.
create function peer_exchange.has_rating_columns() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select count(*) = 3
    from (values ('rating', 'smallint'::regtype), ('rating_comment', 'text'::regtype), ('rated_at', 'timestamptz'::regtype))
         as needed (column_name, type)
    join pg_attribute as attribute
         on attribute.attrelid = to_regclass('public.client_sessions')
        and attribute.attname = needed.column_name
        and attribute.atttypid = needed.type
        and not attribute.attisdropped
$$;

comment on function peer_exchange.has_rating_columns() is
  'Whether sessions have the columns in which rate_peer_session() writes.';

create function peer_exchange.keeps_ratings() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select peer_exchange.has_rating_columns() or not peer_exchange.has_ratings_of_its_own()
$$;

comment on function peer_exchange.keeps_ratings() is
  'Whether ratings of sessions are kept here: setup() adds their columns where the application does not rate by itself.';

-- Which of the next two a statement calls is decided by the types of the columns that it finds, so one statement serves every
-- application. `stars` is inlined; of what the application writes, what are no stars counts as none.
create function peer_exchange.stars(p_rating smallint, p_rated_at timestamptz) returns smallint
language sql immutable parallel safe
as $$
  select case when p_rating operator(pg_catalog.>=) 1 and p_rating operator(pg_catalog.<=) 5 then p_rating end
$$;

comment on function peer_exchange.stars(smallint, timestamptz) is 'The stars in the columns of a session.';

create function peer_exchange.stars(p_rating anyelement, p_rated_at anycompatible) returns smallint
language sql immutable parallel safe
as $$
  select null::smallint
$$;

comment on function peer_exchange.stars(anyelement, anycompatible) is
  'None, where columns of these names are missing or the application''s own.';

create function peer_exchange.rating_told(p_rating smallint, p_comment text, p_rated_at timestamptz) returns json
language sql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select json_build_object('stars', peer_exchange.stars(p_rating, p_rated_at), 'comment', p_comment, 'rated_at', p_rated_at)
$$;

comment on function peer_exchange.rating_told(smallint, text, timestamptz) is
  'The rating in the columns of a session, whose stars are null where there is none.';

create function peer_exchange.rating_told(p_rating anyelement, p_comment text, p_rated_at anycompatible) returns json
language sql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
  select null::json
$$;

comment on function peer_exchange.rating_told(anyelement, text, anycompatible) is
  'NULL, where columns of these names are missing or the application''s own.';
