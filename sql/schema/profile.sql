-- What a practitioner says of herself is kept in columns of the application, which may have given them other types: several
-- words in one text, a list as an array or as JSON.

create function peer_exchange.write_profile(p_person_id uuid, p_profile json) returns void
language plpgsql
as $$
declare
  profile constant jsonb := p_profile::jsonb;
  missing constant text := (select string_agg(wanted.name, ', ' order by wanted.name)
                              from jsonb_object_keys(profile) as wanted (name)
                             where not peer_exchange.has_column('public.users', wanted.name));
begin
  if missing is not null then
    raise object_not_in_prerequisite_state using
      message = format('table public.users has no column %s', missing),
      hint    = 'Run peer_exchange.setup().';
  end if;
  execute (
    select format('update public.users as person set %s where person.id = $1', string_agg(
             format(case when jsonb_typeof(profile -> kept.attname) = 'array' and type.typcategory = 'S'
                         then '%1$I = (select string_agg(entry, '', '') from jsonb_array_elements_text($2 -> %1$L) as entry)'
                         else '%1$I = (jsonb_populate_record(person.*, $2)).%1$I' end, kept.attname), ', '))
      from pg_attribute as kept
      join pg_type as type on type.oid = kept.atttypid
     where kept.attrelid = 'public.users'::regclass
       and kept.attnum > 0
       and not kept.attisdropped
       and profile ? kept.attname::text)
    using p_person_id, profile;
end $$;

comment on function peer_exchange.write_profile(uuid, json) is
  'Writes these columns of a row of users, whatever their types. Called by set_practice_profile().';
