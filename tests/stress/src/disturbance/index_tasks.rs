//! What can be done to indexes without anybody having to stop.

use anyhow::{Context, Result};
use tokio_postgres::Client;

const UNIQUE_VIOLATION: &str = "23505";
const CANCELLED: &str = "57014";

/// Tables that calls lock rows of, or insert into.
const TABLES: [&str; 3] = ["client_sessions", "credits", "users"];

pub struct IndexTask {
    /// What it is counted as.
    pub name: String,
    pub steps: Vec<Step>,
}

impl IndexTask {
    /// What is done where indexes are left alone.
    pub fn idle() -> Self {
        task("nothing", vec![Step::Rest])
    }
}

pub enum Step {
    Do(String),
    /// May fail with this SQLSTATE.
    Try(String, &'static str),
    /// Somebody reads on at one moment of the database, and an index that is built can't become
    /// valid; until she is let go.
    Hold,
    LetGo,
    /// She begins to read the sessions when the statement has begun to wait for others, so that it
    /// gets to its next stage and no further.
    TryBesideReader(String, &'static str),
    /// Leaves everything as it is for a while.
    Rest,
}

/// Each of them once, for the indexes that there are.
pub async fn index_tasks(database: &Client) -> Result<Vec<IndexTask>> {
    let mut index_tasks: Vec<IndexTask> = TABLES.into_iter().flat_map(of_table).collect();
    let indexes = database
        .query(INDEXES, &[])
        .await
        .context("cannot list indexes")?;
    for row in indexes {
        let (name, definition, may_be_missed): (String, String, bool) = (row.get(0), row.get(1), row.get(2));
        index_tasks.push(task(
            "reindex index",
            vec![Step::Do(format!("reindex index concurrently public.{name}"))],
        ));
        if may_be_missed {
            index_tasks.extend(of_own_index(&name, &definition));
        }
    }
    Ok(index_tasks)
}

/// Those that can be built anew beside the load; whether nothing is promised by them, so that they
/// may be gone for a while.
const INDEXES: &str = "select quote_ident(class.relname), pg_get_indexdef(index.indexrelid), \
       not index.indisunique and class.relname !~ '^stress_' \
  from pg_index as index join pg_class as class on class.oid = index.indexrelid \
 where index.indrelid in ('public.client_sessions'::regclass, 'public.credits'::regclass, 'public.users'::regclass) \
   and not index.indisexclusion order by class.relname";

fn of_table(table: &str) -> [IndexTask; 4] {
    let never_unique =
        format!("create unique index concurrently stress_refused on public.{table} (({{key}} is not null))");
    let key = if table == "credits" { "user_id" } else { "id" };
    let drop = |name: &str| Step::Do(format!("drop index concurrently public.{name}"));
    [
        task(
            "reindex table",
            vec![Step::Do(format!("reindex table concurrently public.{table}"))],
        ),
        // It fails while it is built, so that it never keeps anybody's row out, and it stays.
        task(
            "unique index that can't be",
            vec![
                Step::Try(never_unique.replace("{key}", key), UNIQUE_VIOLATION),
                Step::Rest,
                drop("stress_refused"),
            ],
        ),
        task(
            "unique index",
            vec![
                Step::Do(format!(
                    "create unique index concurrently stress_unique on public.{table} ({key}, ({key}::text))"
                )),
                drop("stress_unique"),
            ],
        ),
        task("vacuum", vec![Step::Do(format!("vacuum public.{table}"))]),
    ]
}

/// An index that `setup()` has made: dropped and built anew; its building interrupted before and after
/// it has entries; its removal interrupted, after which it has entries and gets no more.
fn of_own_index(name: &str, definition: &str) -> [IndexTask; 4] {
    let build = definition.replacen("INDEX ", "INDEX CONCURRENTLY ", 1);
    let drop = format!("drop index concurrently if exists public.{name}");
    let interrupted = |statement: &str, after: &str| {
        [
            Step::Do(format!("set statement_timeout = '{after}'")),
            Step::Try(statement.to_owned(), CANCELLED),
            Step::Do("set statement_timeout = 0".to_owned()),
        ]
    };
    let anew = || [Step::Do(drop.clone()), Step::Do(build.clone())];
    let mut half_built = vec![Step::Do(drop.clone())];
    half_built.extend(interrupted(&build, "15ms"));
    half_built.push(Step::Rest);
    half_built.extend(anew());

    let mut invalid = vec![Step::Do(drop.clone()), Step::Hold];
    invalid.extend(interrupted(&build, "250ms"));
    invalid.extend([Step::LetGo, Step::Rest]);
    invalid.extend(anew());

    let half_dropped = [
        Step::Do("set statement_timeout = '250ms'".to_owned()),
        Step::TryBesideReader(drop.clone(), CANCELLED),
        Step::Do("set statement_timeout = 0".to_owned()),
        Step::LetGo,
        Step::Rest,
    ];
    let mut half_dropped = Vec::from(half_dropped);
    half_dropped.extend(anew());
    [
        task("one of our indexes rebuilt", anew().into()),
        task("one of our indexes left half built", half_built),
        task("one of our indexes left invalid", invalid),
        task("one of our indexes left half dropped", half_dropped),
    ]
}

fn task(name: &str, steps: Vec<Step>) -> IndexTask {
    IndexTask {
        name: name.to_owned(),
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_rebuilt_as_it_was_beside_the_load() {
        let [anew, ..] = of_own_index(
            "some_idx",
            "CREATE INDEX some_idx ON public.users USING btree (id)",
        );
        let Some(Step::Do(build)) = anew.steps.last() else {
            panic!("the last step builds it");
        };
        assert_eq!(
            build,
            "CREATE INDEX CONCURRENTLY some_idx ON public.users USING btree (id)"
        );
    }
}
