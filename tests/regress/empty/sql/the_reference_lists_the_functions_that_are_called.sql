-- The table of docs/reference.md is what functions() says, row by row.
begin;
create temporary table line (text text);
\copy line from '../docs/reference.md' with (delimiter E'\x01')
create view pg_temp.due as
select format('| `%s%s` | %s | %s |', case when not is_in_public then 'peer_exchange.' end, name,
              case caller when 'person' then 'whoever is signed in, the service'
                          when 'reader' then 'whoever reads figures, the service'
                          when 'service' then 'the service'
                          else 'an administrator' end, purpose) as row
  from peer_exchange.functions();
select row as missing from pg_temp.due where row not in (select text from line);
select text as outdated
  from line
 where text ~ '^\| `[a-z_.]+` \| (whoever is signed in, the service|the service|an administrator) \|'
   and text not in (select row from pg_temp.due);
rollback;
