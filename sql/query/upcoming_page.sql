-- Soonest first.
select mine.*
  from mine
 where mine.is_upcoming
   and (mine.starts_at, mine.id) > ($2, $3)
 order by mine.starts_at, mine.id
 limit $4
