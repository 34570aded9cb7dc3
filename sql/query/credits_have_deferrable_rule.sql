-- ON CONFLICT can't be asked of a table that has one.
select exists (select from pg_index as rule
                where rule.indrelid = 'public.credits'::regclass
                  and (rule.indisunique or rule.indisexclusion)
                  and not rule.indimmediate) as has_deferrable_rule
