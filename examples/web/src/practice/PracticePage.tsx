// What a practitioner publishes, and what is asked of her.
import { useReading } from '@peer-exchange/client/hooks';
import type { Practice } from '../api/practice';
import { Empty, LoadedView } from '../shared/LoadedView';
import { addressOf, SESSIONS } from '../shared/route';
import { credits } from '../shared/words';
import { BlocksSection } from './BlocksSection';
import { HoursForm } from './HoursForm';
import { PolicyForm } from './PolicyForm';
import { ProductsSection } from './ProductsSection';
import { ProfileForm } from './ProfileForm';
import { RequestsSection } from './RequestsSection';

export function PracticePage() {
  const practice = useReading('get_my_practice', {});
  return (
    <>
      <h1 tabIndex={-1}>My practice</h1>
      <LoadedView of={practice} what="your practice">
        {(reply) =>
          reply.success ? (
            <Sections practice={reply} />
          ) : (
            <Empty sentence="Only practitioners have a practice. Ask an administrator if your role is wrong." />
          )
        }
      </LoadedView>
    </>
  );
}

function Sections({ practice }: { practice: Practice }) {
  return (
    <div class="practice">
      <Outlook practice={practice} />
      <RequestsSection />
      <HoursForm practice={practice} />
      <BlocksSection practice={practice} />
      <PolicyForm practice={practice} />
      <ProductsSection products={practice.products} />
      <ProfileForm practice={practice} />
    </div>
  );
}

/** What is to come, in credits. */
function Outlook({ practice }: { practice: Practice }) {
  const { will_bring, open_requests } = practice;
  return (
    <section class="card" aria-labelledby="outlook">
      <h2 id="outlook">What is to come</h2>
      <p>
        {will_bring > 0
          ? `You get ${credits(will_bring)} once the sessions that you give have taken place.`
          : 'No credits wait for sessions to take place.'}
      </p>
      <p>
        {open_requests === 0
          ? 'Nobody waits for your answer.'
          : `${open_requests} ${open_requests === 1 ? 'request waits' : 'requests wait'} for your answer.`}{' '}
        <a href={addressOf(SESSIONS)}>See your sessions</a>
      </p>
    </section>
  );
}
