//! What the jobs have in common that do so many sessions a run: each apart from the others, and none in the way of others.

use crate::fault::Fault;
use crate::postgres::apart;
use crate::store::{Connection, postponed_sessions};
use uuid::Uuid;

/// A job as it is called.
pub struct Job {
    pub name: &'static str,
    /// Bounds how long a run keeps sessions and balances locked; what is left is the next run's.
    pub max_sessions_per_run: i32,
}

impl Job {
    /// Does something for each of these, of which so many were found that are due, and returns the sum of what it counts;
    /// `None` where nothing can be done for one as things are.
    ///
    /// As many as a run takes may stand in front of others. Those for which nothing was done are postponed then, and the run
    /// does not fail, whatever it has done: nothing would be left of that.
    pub fn run<Item>(
        &self,
        connection: &mut Connection<'_>,
        found: usize,
        items: impl IntoIterator<Item = Item>,
        work: impl FnMut(&mut Connection<'_>, &Item) -> Result<Option<i32>, Fault>,
        session_id: impl Fn(&Item) -> Uuid,
    ) -> Result<i32, Fault> {
        let outcome = apart::each(connection, items, work, session_id);
        if usize::try_from(self.max_sessions_per_run).is_ok_and(|max| found < max) {
            return outcome.sum_or_failure("session");
        }
        postponed_sessions::postpone(connection, self.name, &outcome.undone())?;
        Ok(outcome.sum("session"))
    }
}
