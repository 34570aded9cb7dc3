// A real SMTP server that keeps what it is sent.
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** Answers as `answer(mail, count)` says: accepts, or refuses where it throws. */
export async function startSmtp(answer = async () => {}) {
  const mails = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, reply) {
      receive(stream, session).then(() => reply(), reply);
    },
  });
  const receive = async (stream, session) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const mail = await PostalMime.parse(Buffer.concat(chunks));
    mail.recipients = session.envelope.rcptTo.map(({ address }) => address);
    await answer(mail, mails.length + 1);
    mails.push(mail);
  };
  server.on('error', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    mails,
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A refusal as mail servers write it. */
export function refusal(code, message) {
  return Object.assign(new Error(message), { responseCode: code });
}
