// What somebody needs who wants to go on from here: tokens that live for ten years, and lines that work as they stand.
import { connect, sign } from './client.mjs';

const LIFETIME = '10y';
const api = process.env.PEER_EXCHANGE_API;

const service = await sign({ role: 'service_role' }, LIFETIME);
const annId = await idOfAnn();
const ann = await sign({ sub: annId, role: 'authenticated' }, LIFETIME);

print('URL', api);
print("Ann's token", ann);
print("Service's token", service);
print('JWT secret', process.env.PEER_EXCHANGE_JWT_SECRET);
print('supabase-js', `createClient('${api}', '${ann}')`);
print('curl', `curl --silent '${api}/rest/v1/rpc/get_credit_statement?p_limit=1' --header 'Authorization: Bearer ${ann}'`);
print('psql', `psql '${process.env.PEER_EXCHANGE_PSQL}'`);

function print(what, text) {
  console.log(`${what}:`.padEnd(18) + text);
}

async function idOfAnn() {
  const { data, error } = await connect(service).from('users').select('id').eq('first_name', 'Ann').single();
  if (error) throw new Error(error.message);
  return data.id;
}
