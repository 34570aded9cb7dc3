// Whom the page asks.
import { createClient } from '@supabase/supabase-js';
import { peerExchange, type Exchange } from '@peer-exchange/client';

/** As the person of this token. In Supabase, supabase.auth has the token. */
export function connect(token: string): Exchange {
  return peerExchange(createClient(location.origin, token, { accessToken: async () => token }));
}
