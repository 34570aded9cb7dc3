//! What was told of all of it, and how every balance stands: the same words.

use anyhow::{Result, ensure};
use tokio_postgres::Client;

use super::DECIDING;

pub async fn compare(observer: &Client) -> Result<()> {
    let told = |schema: &str| {
        format!(
            "select type || '|' || title || '|' || body || '|' || (payload - 'session_id')::text \
               from {schema}.notifications where created_at > now() - interval '1 hour' \
             union all select user_id::text || ' has ' || balance || ' owes ' || owed from {schema}.credits order by 1"
        )
    };
    let mut accounts = Vec::new();
    for contender in DECIDING {
        let rows = observer.query(&told(contender.schema()), &[]).await?;
        let lines: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        accounts.push((contender, lines));
    }
    let ours = accounts[0].1.clone();
    for (contender, lines) in accounts {
        let difference = lines.iter().zip(&ours).find(|(own, ours)| own != ours);
        ensure!(
            lines.len() == ours.len() && difference.is_none(),
            "{} says something else: {difference:?}",
            contender.title()
        );
    }
    Ok(())
}
