//! What a quote is made from. It only reads, so that PostgREST can answer it to GET.

use super::columns::product;
use crate::fault::Fault;
use crate::postgres::convert::sql_uuid;
use crate::postgres::statement::{Connection, first_row, run, statements};
use peer_exchange_rules::cost::Product;
use uuid::Uuid;

statements! {
    QUOTE = Reads include_str!("../../sql/query/quote.sql");
}

/// Whether the practitioner exists, and the product asked for where she offers it.
pub struct QuoteFacts {
    pub has_practitioner: bool,
    pub product: Option<Product>,
}

pub fn load(
    connection: &mut Connection<'_>,
    practitioner_id: Uuid,
    product_id: Option<Uuid>,
) -> Result<QuoteFacts, Fault> {
    let arguments = [sql_uuid(practitioner_id).into(), product_id.map(sql_uuid).into()];
    let row = first_row(run(connection, &QUOTE, &arguments)?)
        .ok_or_else(|| Fault::invariant_violated("a quote has no facts"))?;
    Ok(QuoteFacts {
        has_practitioner: row.required("has_practitioner")?,
        product: product(&row)?,
    })
}
