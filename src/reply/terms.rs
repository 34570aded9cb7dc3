//! On which terms one cancels, as several replies say it.

use peer_exchange_rules::refund::Policy;
use peer_exchange_rules::refund::tiers::Tier;
use peer_exchange_rules::session_time::instant;
use peer_exchange_rules::share::percent;
use serde::Serialize;
use serde_json::Value;

/// What goes back to a client who cancels until then.
#[derive(Serialize)]
pub struct RefundTier {
    percent: Value,
    credits: i32,
    until: Option<String>,
}

pub fn refund_terms(tiers: &[Tier]) -> Vec<RefundTier> {
    let told = |tier: &Tier| RefundTier {
        percent: percent(tier.share),
        credits: tier.credits,
        until: tier.until.map(instant),
    };
    tiers.iter().map(told).collect()
}

/// The policy of a practitioner, whenever a session would begin.
#[derive(Serialize)]
pub struct CancellationPolicy {
    full_refund_hours: i64,
    partial_refund_hours: i64,
    partial_refund_percent: Value,
}

impl From<Policy> for CancellationPolicy {
    fn from(policy: Policy) -> Self {
        CancellationPolicy {
            full_refund_hours: policy.full_refund_hours,
            partial_refund_hours: policy.last_refund_hours(),
            partial_refund_percent: percent(policy.partial_refund),
        }
    }
}
