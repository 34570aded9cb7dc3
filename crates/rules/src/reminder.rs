//! When people are reminded of a session.

const MINUTES_PER_DAY: i32 = 24 * 60;
/// A session so much ahead is looked for at every run, so this bounds what a run has to look at.
const MAX_MINUTES_BEFORE: i32 = 30 * MINUTES_PER_DAY;
const MAX_REMINDERS: usize = 10;

/// What the setting says: how many minutes before the start, each once. Blank means never; `None`
/// that the text can't be read.
pub fn minutes_before(setting: &str) -> Option<Vec<i32>> {
    if setting.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut moments = setting
        .split(',')
        .map(|moment| moment.trim().parse().ok())
        .collect::<Option<Vec<i32>>>()?;
    moments.sort_unstable();
    moments.dedup();
    let are_sensible = moments
        .iter()
        .all(|moment| (1..=MAX_MINUTES_BEFORE).contains(moment));
    (are_sensible && moments.len() <= MAX_REMINDERS).then_some(moments)
}

#[cfg(test)]
mod tests;
