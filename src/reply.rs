//! Replies as JSON: their keys, and the order in which people read them.

use crate::fault::Fault;
use crate::postgres::json::Json;
use serde::Serialize;

pub mod booking;
pub mod calendar;
pub mod cancellation;
pub mod finding;
pub mod moving;
pub mod own;
pub mod practice;
pub mod refused;
pub mod service;
pub mod settlement;
pub mod terms;

/// The JSON text of a reply.
#[derive(Debug)]
pub struct Reply {
    json: String,
    refused_with: Option<&'static str>,
}

impl Reply {
    /// The code of the refusal, where it is one.
    pub fn refused_with(&self) -> Option<&'static str> {
        self.refused_with
    }
}

impl From<Reply> for Json {
    fn from(reply: Reply) -> Self {
        Json(reply.json)
    }
}

fn reply(content: &impl Serialize) -> Result<Reply, Fault> {
    serde_json::to_string(content)
        .map(|json| Reply {
            json,
            refused_with: None,
        })
        .map_err(|error| Fault::invariant_violated(format!("a reply can't be written: {error}")))
}
