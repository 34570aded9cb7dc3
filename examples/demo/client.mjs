// supabase-js for a PostgREST that stands alone, without the rest of Supabase around it.
import { createClient } from '@supabase/supabase-js';
import { SignJWT } from 'jose';

export const url = required('PEER_EXCHANGE_URL');
const secret = new TextEncoder().encode(required('PEER_EXCHANGE_JWT_SECRET'));

/** Signs what Supabase's sign-in would hand out: claims sub, role and exp. */
export function sign(claims, expires = '1h') {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setExpirationTime(expires)
    .sign(secret);
}

/** A client whose requests carry this token. */
export function connect(token, send = fetch) {
  return createClient(url, token, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    // Supabase has PostgREST under /rest/v1; here it has the whole server.
    global: { fetch: (address, request) => send(String(address).replace(`${url}/rest/v1`, url), request) },
  });
}

/** A client of a signed-in person. */
export async function signIn(personId, send) {
  return connect(await sign({ sub: personId, role: 'authenticated' }), send);
}

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this by \`cargo xtask\``);
  return value;
}
