//! What came back, read strictly: a key too many or too few in a reply is an answer that nobody
//! expects.

use chrono::DateTime;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::audit::Standing;
use crate::statements::minutes;

#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Booked(Booked),
    Moved(Moved),
    Cancelled(Cancelled),
    Settled(Settled),
    Granted(Granted),
    GrantedToAll(Vec<Granted>),
    Refused(Refused),
    /// How many rows changed, and which sessions were cancelled with them.
    Changed {
        rows: u64,
        sessions: Vec<Uuid>,
        /// Those whose credits were divided otherwise.
        settled: Vec<Uuid>,
        /// The server's numbers of the subtransactions, where it says so.
        transactions: Vec<i64>,
    },
    /// When a session begins by now, since time was made to pass: in minutes since the run's first midnight on the
    /// practitioner's clock.
    Began(i32),
    /// What a person has, where there is a row.
    Balance(Option<Standing>),
    Balances(Vec<SeenBalance>),
    Sessions(Vec<SeenSession>),
    People(Vec<Uuid>),
    /// Whatever an attack got, as text.
    Text(String),
    Fault {
        sqlstate: String,
        message: String,
    },
    /// A reply that is not as it is described.
    Unreadable(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    pub session: Uuid,
    pub cost: i32,
    pub client_before: Option<i32>,
    pub client_after: Option<i32>,
    pub practitioner_before: Option<i32>,
    pub practitioner_after: Option<i32>,
    pub kind: Kind,
    pub replayed: bool,
}

/// What a booking takes of its client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Paid,
    Held,
    /// Held for a request.
    Requested,
}

/// What became of a session that has had its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    pub session: Uuid,
    pub status: Ended,
    pub cost: i32,
    pub client_balance: i32,
    pub client_held: i32,
    pub practitioner_balance: i32,
    pub practitioner_owes: i32,
    pub settled: i32,
    pub returned: i32,
    /// Whether it can be contradicted.
    pub is_open: bool,
    pub replayed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Completed,
    NoShow,
    Disputed,
}

/// From when to when, in minutes since the run's first midnight on the practitioner's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    pub session: Uuid,
    pub from: i32,
    pub to: i32,
    pub duration: i32,
    pub cost: i32,
    pub replayed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled {
    pub session: Uuid,
    pub refunded: i32,
    pub percent: i64,
    pub was_charged: bool,
    pub client_balance: i32,
    pub practitioner_balance: i32,
    pub practitioner_owes: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Granted {
    pub person: Uuid,
    pub amount: i32,
    pub before: i32,
    pub after: i32,
    pub replayed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub code: String,
    pub cost: Option<i32>,
    pub required: Option<i64>,
    pub available: Option<i64>,
    pub refunded_before: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenSession {
    pub id: Uuid,
    pub client: Option<Uuid>,
    pub practitioner: Option<Uuid>,
}

/// What somebody has, and the last entry that her ledger had then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenBalance {
    pub person: Uuid,
    pub standing: Standing,
    pub last_entry: Option<Uuid>,
}

impl Answer {
    /// So many rows, and no sessions with them.
    pub fn changed(rows: u64) -> Answer {
        Answer::Changed {
            rows,
            sessions: Vec::new(),
            settled: Vec::new(),
            transactions: Vec::new(),
        }
    }

    pub fn of_json(text: &str) -> Answer {
        parse(text).unwrap_or_else(|| Answer::Unreadable(text.to_owned()))
    }

    /// The word under which it is counted.
    pub fn name(&self) -> &str {
        match self {
            Answer::Booked(booked) if booked.replayed => "replayed",
            Answer::Granted(granted) if granted.replayed => "replayed",
            Answer::Moved(moved) if moved.replayed => "replayed",
            Answer::Settled(settled) if settled.replayed => "replayed",
            Answer::Settled(settled) => match settled.status {
                Ended::Completed => "completed",
                Ended::NoShow => "no-show",
                Ended::Disputed => "disputed",
            },
            Answer::Booked(_)
            | Answer::Moved(_)
            | Answer::Cancelled(_)
            | Answer::Granted(_)
            | Answer::GrantedToAll(_) => "done",
            Answer::Changed { rows: 0, .. } => "nothing to change",
            Answer::Changed { .. } | Answer::Began(_) => "done",
            Answer::Balance(_) | Answer::Balances(_) | Answer::Sessions(_) | Answer::People(_) => "seen",
            Answer::Refused(refused) => &refused.code,
            Answer::Text(text) => text,
            Answer::Fault { sqlstate, .. } => sqlstate,
            Answer::Unreadable(_) => "unreadable",
        }
    }
}

fn parse(text: &str) -> Option<Answer> {
    let Value::Object(reply) = serde_json::from_str(text).ok()? else {
        return None;
    };
    let keys: Vec<&str> = reply.keys().map(String::as_str).collect();
    match reply.get("success")?.as_bool()? {
        false => refused(&reply, &keys).map(Answer::Refused),
        true if reply.contains_key("previous_start_time") => moved(&reply, &keys).map(Answer::Moved),
        true if reply.contains_key("settled_credits") => settled(&reply, &keys).map(Answer::Settled),
        true if reply.contains_key("credit_cost") => booked(&reply, &keys).map(Answer::Booked),
        true if reply.contains_key("refunded_credits") => cancelled(&reply, &keys).map(Answer::Cancelled),
        true => granted(&reply, &keys).map(Answer::Granted),
    }
}

fn booked(reply: &Map<String, Value>, keys: &[&str]) -> Option<Booked> {
    let expected = [
        "client_balance_after",
        "client_balance_before",
        "credit_cost",
        "practitioner_balance_after",
        "practitioner_balance_before",
        "replayed",
        "session_id",
        "status",
        "success",
    ];
    let status = reply.get("status")?.as_str()?;
    let settles = reply.get("settles").map(|when| when == "on_completion");
    let kind = match (status, settles, reply.contains_key("expires_at")) {
        ("scheduled" | "completed" | "cancelled", None, false) => Kind::Paid,
        ("scheduled" | "cancelled", Some(true), false) => Kind::Held,
        ("pending_approval", None, true) => Kind::Requested,
        _ => return None,
    };
    let (_, keys): (Vec<&str>, Vec<&str>) = keys
        .iter()
        .partition(|key| ["settles", "expires_at"].contains(key));
    has_keys(&keys, &expected).then_some(())?;
    Some(Booked {
        session: id(reply, "session_id")?,
        cost: integer(reply, "credit_cost")?,
        client_before: integer(reply, "client_balance_before"),
        client_after: integer(reply, "client_balance_after"),
        practitioner_before: integer(reply, "practitioner_balance_before"),
        practitioner_after: integer(reply, "practitioner_balance_after"),
        kind,
        replayed: reply["replayed"].as_bool()?,
    })
}

fn settled(reply: &Map<String, Value>, keys: &[&str]) -> Option<Settled> {
    let expected = [
        "client_held",
        "client_new_balance",
        "credit_cost",
        "practitioner_new_balance",
        "practitioner_owes",
        "replayed",
        "returned_credits",
        "session_id",
        "settled_credits",
        "status",
        "success",
    ];
    let (_, keys): (Vec<&str>, Vec<&str>) = keys.iter().partition(|key| **key == "final_at");
    has_keys(&keys, &expected).then_some(())?;
    let status = match reply["status"].as_str()? {
        "completed" => Ended::Completed,
        "no_show" => Ended::NoShow,
        "disputed" => Ended::Disputed,
        _ => return None,
    };
    Some(Settled {
        session: id(reply, "session_id")?,
        status,
        cost: integer(reply, "credit_cost")?,
        client_balance: integer(reply, "client_new_balance")?,
        client_held: integer(reply, "client_held")?,
        practitioner_balance: integer(reply, "practitioner_new_balance")?,
        practitioner_owes: integer(reply, "practitioner_owes")?,
        settled: integer(reply, "settled_credits")?,
        returned: integer(reply, "returned_credits")?,
        is_open: reply.contains_key("final_at"),
        replayed: reply["replayed"].as_bool()?,
    })
}

/// What a move says of instants and of the clock on which its times are.
const INSTANTS: [&str; 5] = [
    "ends_at",
    "previous_starts_at",
    "previous_timezone",
    "starts_at",
    "timezone",
];

fn moved(reply: &Map<String, Value>, keys: &[&str]) -> Option<Moved> {
    let expected = [
        "credit_cost",
        "duration_minutes",
        "previous_session_date",
        "previous_start_time",
        "replayed",
        "session_date",
        "session_id",
        "start_time",
        "status",
        "success",
    ];
    let (told, keys): (Vec<&str>, Vec<&str>) = keys.iter().partition(|key| INSTANTS.contains(key));
    (has_keys(&keys, &expected) && reply["status"] == "scheduled").then_some(())?;
    // Version 0.1.0 tells none.
    (told.is_empty() || has_keys(&told, &INSTANTS) && lasts_as_told(reply)?).then_some(())?;
    let start = |date: &str, time: &str| minutes(reply[date].as_str()?, reply[time].as_str()?);
    Some(Moved {
        session: id(reply, "session_id")?,
        from: start("previous_session_date", "previous_start_time")?,
        to: start("session_date", "start_time")?,
        duration: integer(reply, "duration_minutes")?,
        cost: integer(reply, "credit_cost")?,
        replayed: reply["replayed"].as_bool()?,
    })
}

fn cancelled(reply: &Map<String, Value>, keys: &[&str]) -> Option<Cancelled> {
    let expected = [
        "client_new_balance",
        "credits_were_deducted",
        "practitioner_new_balance",
        "practitioner_owes",
        "refund_percent",
        "refunded_credits",
        "session_id",
        "success",
    ];
    has_keys(keys, &expected).then_some(())?;
    Some(Cancelled {
        session: id(reply, "session_id")?,
        refunded: integer(reply, "refunded_credits")?,
        percent: reply["refund_percent"].as_i64()?,
        was_charged: reply["credits_were_deducted"].as_bool()?,
        client_balance: integer(reply, "client_new_balance")?,
        practitioner_balance: integer(reply, "practitioner_new_balance")?,
        practitioner_owes: integer(reply, "practitioner_owes")?,
    })
}

fn granted(reply: &Map<String, Value>, keys: &[&str]) -> Option<Granted> {
    let expected = [
        "amount",
        "balance_after",
        "balance_before",
        "replayed",
        "success",
        "user_id",
    ];
    has_keys(keys, &expected).then_some(())?;
    Some(Granted {
        person: id(reply, "user_id")?,
        amount: integer(reply, "amount")?,
        before: integer(reply, "balance_before")?,
        after: integer(reply, "balance_after")?,
        replayed: reply["replayed"].as_bool()?,
    })
}

fn refused(reply: &Map<String, Value>, keys: &[&str]) -> Option<Refused> {
    let optional = ["credit_cost", "refunded_credits"];
    let required: Vec<&str> = keys
        .iter()
        .copied()
        .filter(|key| !optional.contains(key))
        .collect();
    let says_something = !reply.get("error")?.as_str()?.is_empty();
    (has_keys(&required, &["details", "error", "error_code", "success"]) && says_something).then_some(())?;
    if reply.get("refunded_credits").is_some_and(|credits| credits != 0) {
        return None;
    }
    let detail = |name: &str| reply["details"].get(name).and_then(Value::as_i64);
    Some(Refused {
        code: reply["error_code"].as_str()?.to_owned(),
        cost: integer(reply, "credit_cost"),
        required: detail("required"),
        available: detail("available"),
        refunded_before: detail("refunded_credits"),
    })
}

/// Whether the two instants of a reply are as far apart as it says.
fn lasts_as_told(reply: &Map<String, Value>) -> Option<bool> {
    let instant = |key: &str| DateTime::parse_from_rfc3339(reply[key].as_str()?).ok();
    let minutes = (instant("ends_at")? - instant("starts_at")?).num_minutes();
    Some(minutes == i64::from(integer(reply, "duration_minutes")?))
}

fn has_keys(keys: &[&str], expected: &[&str]) -> bool {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    keys == expected
}

fn id(reply: &Map<String, Value>, key: &str) -> Option<Uuid> {
    reply.get(key)?.as_str()?.parse().ok()
}

fn integer(reply: &Map<String, Value>, key: &str) -> Option<i32> {
    i32::try_from(reply.get(key)?.as_i64()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_with_a_key_too_many_or_too_few_is_unreadable() {
        let refusal = r#"{"success": false, "error_code": "SELF_BOOKING", "error": "No", "details": {}}"#;
        assert_eq!(Answer::of_json(refusal).name(), "SELF_BOOKING");
        for wrong in [
            refusal.replace("\"details\": {}", "\"details\": {}, \"more\": 1"),
            refusal.replace(", \"details\": {}", ""),
            "null".to_owned(),
        ] {
            assert_eq!(Answer::of_json(&wrong).name(), "unreadable", "{wrong}");
        }
    }

    #[test]
    fn a_refusal_of_a_refund_that_names_refunded_credits_is_unreadable() {
        let refusal = r#"{"success": false, "error_code": "ALREADY_CANCELLED", "error": "No",
                          "details": {"refunded_credits": 60}, "refunded_credits": 0}"#;
        assert_eq!(Answer::of_json(refusal).name(), "ALREADY_CANCELLED");
        let wrong = refusal.replace("\"refunded_credits\": 0", "\"refunded_credits\": 60");
        assert_eq!(Answer::of_json(&wrong).name(), "unreadable");
    }
}
