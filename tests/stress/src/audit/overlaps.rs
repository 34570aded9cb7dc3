//! Nobody is in two sessions at the same time, at no moment of the run.

use std::collections::HashMap;

use uuid::Uuid;

use super::Findings;
use super::lives::Lives;
use super::stays::Stay;

pub fn audit(lives: &Lives<'_>, findings: &mut Findings) {
    let mut of_person: HashMap<Uuid, Vec<(Uuid, Stay)>> = HashMap::new();
    for session in lives.sessions.values() {
        for person in [session.wanted.client, session.wanted.practitioner] {
            // A test that makes time pass asks nobody whether she has it.
            let stays = session
                .stays()
                .filter(|stay| !stay.is_past())
                .map(|stay| (session.id, stay));
            of_person.entry(person).or_default().extend(stays);
        }
    }
    for (person, mut stays) in of_person {
        stays.sort_by_key(|(_, stay)| stay.began.to);
        let mut active: Vec<(Uuid, Stay)> = Vec::new();
        for (session, stay) in stays {
            let has_begun = stay.began.to;
            let goes_on = |stay: &Stay| stay.ended.is_none_or(|ended| ended.from > has_begun);
            active.retain(|(_, other)| goes_on(other));
            for (other, elsewhere) in &active {
                let at_once = *other != session && goes_on(&stay) && stay.period.overlaps(elsewhere.period);
                findings.expect(!at_once, || {
                    format!(
                        "{person} is in sessions {other} and {session} at once: {elsewhere:?} and {stay:?}"
                    )
                });
            }
            active.push((session, stay));
        }
    }
}
