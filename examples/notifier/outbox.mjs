// The outbox of peer_exchange, reached in one of two ways.
import { PostgrestClient } from '@supabase/postgrest-js';
import pg from 'pg';

/** Through PostgREST, as service_role; of a Supabase project, url ends in /rest/v1. Nobody wakes it. */
export function overPostgrest(url, serviceKey) {
  const client = new PostgrestClient(url, {
    headers: { apikey: serviceKey, Authorization: `Bearer ${serviceKey}` },
  });
  const call = async (name, parameters) => {
    const { data, error } = await client.rpc(name, parameters);
    if (error) throw new Error(error.message || 'the API gave no answer');
    return data;
  };
  return {
    claim: (batch, seconds) => call('claim_notifications', { p_batch: batch, p_lease: `${seconds} seconds` }),
    acknowledge: (ids) => call('ack_notifications', { p_ids: ids }),
    fail: (id, reason) => call('fail_notification', { p_id: id, p_error: reason }),
    onWake: () => {},
    close: async () => {},
  };
}

/** Through a connection of its own, which is told at once where the setting is `wake`. */
export async function overPostgres(connectionString) {
  const client = new pg.Client({ connectionString, keepAlive: true });
  // Whatever keeps workers running restarts this one.
  client.on('error', (error) => {
    console.error(`the connection is lost: ${error.message}`);
    process.exit(1);
  });
  await client.connect();
  await client.query('listen peer_exchange');
  const rows = async (query, values) => (await client.query(query, values)).rows;
  return {
    claim: (batch, seconds) =>
      rows('select * from peer_exchange.claim_notifications($1, make_interval(secs => $2))', [batch, seconds]),
    acknowledge: (ids) => rows('select peer_exchange.ack_notifications($1)', [ids]),
    fail: (id, reason) => rows('select peer_exchange.fail_notification($1, $2)', [id, reason]),
    onWake: (wake) => client.on('notification', wake),
    close: () => client.end(),
  };
}
