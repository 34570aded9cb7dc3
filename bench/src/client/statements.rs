//! The statements by which a contender books, refunds and quotes.

use crate::contender::Contender;

const FLOOR_BOOKING: &str = include_str!("../../contenders/floor_booking.sql");
const FLOOR_REFUND: &str = include_str!("../../contenders/floor_refund.sql");

/// Marks a contender's statements in pg_stat_statements.
pub fn mark(contender: Contender, operation: &str) -> String {
    format!("/* bench {} {operation} */", contender.key())
}

pub fn booking(contender: Contender) -> Vec<String> {
    let (schema, mark) = (contender.schema(), mark(contender, "booking"));
    match contender {
        contender if contender.is_floor() => vec![format!("{FLOOR_BOOKING} {mark}")],
        Contender::ThreeRoundTrips => vec![
            format!("select {schema}.get_practitioner_credit_cost($1, $2) {mark}"),
            format!(
                "insert into {schema}.client_sessions (therapist_id, client_id, client_name, client_email, \
                 session_date, start_time, duration_minutes, session_type, credit_cost, status, is_peer_booking) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'scheduled', true) returning id {mark}"
            ),
            format!("select {schema}.process_peer_booking_credits($1, $2, $3, $4)::text {mark}"),
        ],
        _ => vec![format!(
            "select {schema}.create_peer_booking($1, $2, $3, $4, $5, $6)::text {mark}"
        )],
    }
}

pub fn refund(contender: Contender) -> Vec<String> {
    let (schema, mark) = (contender.schema(), mark(contender, "refund"));
    match contender {
        contender if contender.is_floor() => vec![format!("{FLOOR_REFUND} {mark}")],
        Contender::ThreeRoundTrips => vec![
            format!("update {schema}.client_sessions set status = 'cancelled' where id = $1 {mark}"),
            format!("select {schema}.process_peer_booking_refund($1)::text {mark}"),
        ],
        _ => vec![format!(
            "select {schema}.process_peer_booking_refund($1)::text {mark}"
        )],
    }
}

/// The least that a quote must do: one row of the practitioner, one of the product.
pub fn quote(contender: Contender) -> String {
    let (schema, mark) = (contender.schema(), mark(contender, "quote"));
    match contender {
        contender if contender.is_floor() => format!(
            "select coalesce(offered.credit_cost, offered.duration_minutes, $2) from {schema}.users as person \
               left join {schema}.practitioner_products as offered \
                    on offered.id = $3 and offered.practitioner_id = person.id and offered.is_active \
              where person.id = $1 {mark}"
        ),
        _ => format!("select {schema}.get_practitioner_credit_cost($1, $2, $3) {mark}"),
    }
}
