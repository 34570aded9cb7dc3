import { createClient } from '@supabase/supabase-js';
import { peerExchange } from '@peer-exchange/client';
import type { PeerSession, WithPeerExchange } from '@peer-exchange/client';

// Of a database of which no types were made.
const untyped = peerExchange(createClient('http://localhost', 'key'));
const { sessions, next_before } = await untyped.call('get_my_peer_sessions', {
  p_scope: 'past',
  p_before: null,
});
const first: PeerSession | undefined = sessions[0];
console.log(first?.counterpart?.name, next_before?.length);

const typed = createClient<WithPeerExchange>('http://localhost', 'key');
const { data } = await typed.rpc('search_peer_practitioners', { p_query: 'ben', p_role: null });
console.log(data?.practitioners.map(({ next_free_slot }) => next_free_slot?.starts_at));
const { data: rows } = await typed.from('users').select();
console.log(rows?.length);
