-- What it moved, who calls it, and what was open before it came.
\pset format unaligned
select object, action, detail from story.reported where action = 'conflict' or object like 'function public.%' order by object collate "C";
-- The dry run said the same.
(table story.announced except all table story.reported) union all (table story.reported except all table story.announced);
