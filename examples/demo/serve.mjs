// The API of `cargo xtask demo --keep`, and nothing beside it.
import { serve } from './gateway.mjs';

serve((response) => response.writeHead(404).end('not found'));
