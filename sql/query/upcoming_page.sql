-- Soonest first.
select mine.*
  from mine
 where mine.is_upcoming
   and (mine.starts_at, mine.id) > ($3, $4)
 order by mine.starts_at, mine.id
 limit $5
