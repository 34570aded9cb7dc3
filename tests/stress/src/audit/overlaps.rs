//! Nobody is in two sessions at the same time, at no moment of the run.

use std::collections::HashMap;

use uuid::Uuid;

use super::Findings;
use super::lives::Lives;
use super::sessions::Session;

pub fn audit(lives: &Lives<'_>, findings: &mut Findings) {
    let mut of_person: HashMap<Uuid, Vec<&Session<'_>>> = HashMap::new();
    for session in lives.sessions.values() {
        for person in [session.wanted.client, session.wanted.practitioner] {
            of_person.entry(person).or_default().push(session);
        }
    }
    for (person, mut sessions) in of_person {
        sessions.sort_by_key(|session| session.began.to);
        let mut active: Vec<&Session<'_>> = Vec::new();
        for session in sessions {
            let has_begun = session.began.to;
            active.retain(|other| other.ending.is_none_or(|ending| ending.span.from > has_begun));
            for other in &active {
                let at_once = session.ending.is_none_or(|ending| ending.span.from > has_begun)
                    && session.wanted.period().overlaps(other.wanted.period());
                findings.expect(!at_once, || {
                    format!("{person} is in sessions {} and {} at once", other.id, session.id)
                });
            }
            active.push(session);
        }
    }
}
