// PostgREST under the address where Supabase has it, as behind Supabase's gateway. For this machine only.
import { createServer, request as send } from 'node:http';
import { pipeline } from 'node:stream/promises';

const API = '/rest/v1';
const postgrest = new URL(process.env.PEER_EXCHANGE_URL);

/** Listens, and has `answerOther` answer what is not for PostgREST. */
export function serve(answerOther) {
  const port = Number(process.env.PEER_EXCHANGE_PORT);
  // A container's own loopback address is reached by nobody outside it.
  const host = process.env.PEER_EXCHANGE_HOST ?? '127.0.0.1';
  const server = createServer((request, response) => {
    answer(request, response, answerOther).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(502);
      response.end();
    });
  });
  server.listen(port, host, () => console.log(`http://${host}:${port}`));
}

async function answer(request, response, answerOther) {
  const { pathname, search } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith(`${API}/`)) return forward(request, response, pathname.slice(API.length) + search);
  return answerOther(response, pathname, request);
}

async function forward(request, response, path) {
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
