// PostgREST beside the page, under one origin, as it is behind Supabase's gateway.
import { request as send } from 'node:http';
import { pipeline } from 'node:stream/promises';

const postgrest = new URL(process.env.PEER_EXCHANGE_URL);

export async function forward(request, response, path) {
  const onward = send({
    host: postgrest.hostname,
    port: postgrest.port,
    path,
    method: request.method,
    headers: { ...request.headers, host: postgrest.host },
  });
  const answered = new Promise((resolve, reject) => onward.once('response', resolve).once('error', reject));
  await pipeline(request, onward);
  const answer = await answered;
  response.writeHead(answer.statusCode, answer.headers);
  await pipeline(answer, response);
}
