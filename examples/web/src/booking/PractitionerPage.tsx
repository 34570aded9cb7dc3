import { useState } from 'preact/hooks';
import type { FreeTime, Slot } from '../api/replies';
import { explain } from '../api/refusals';
import type { Person } from '../signin/people';
import { useAccount } from '../shared/account';
import { useLoaded } from '../shared/load';
import { LoadedView } from '../shared/LoadedView';
import { RefusalNotice } from '../shared/Notice';
import { addressOf, go, type Route } from '../shared/route';
import { credits, daysAfter, daysFromToday, zone } from '../shared/words';
import { BookDialog } from './BookDialog';
import { DurationSelect, SHORTEST_MINUTES } from './DurationSelect';
import { SlotList } from './SlotList';
import { WeekSwitch } from './WeekSwitch';

const DAYS_AT_ONCE = 7;

type PractitionerRoute = Extract<Route, { page: 'practitioner' }>;

/** One colleague's free times, and booking one of them. */
export function PractitionerPage({ route }: { route: PractitionerRoute }) {
  const { api } = useAccount();
  const found = useLoaded(
    async () => ({ practitioner: await api.practitioner(route.practitionerId) }),
    [api],
  );
  return (
    <>
      <p class="back">
        <a href={addressOf({ page: 'find' })}>← All colleagues</a>
      </p>
      <LoadedView of={found} what="your colleague">
        {({ practitioner }) => <FreeTimes practitioner={practitioner} route={route} />}
      </LoadedView>
    </>
  );
}

/** Of somebody whom no search finds, they say why there are none. */
function FreeTimes({ practitioner, route }: { practitioner: Person | null; route: PractitionerRoute }) {
  const { api, version } = useAccount();
  const { practitionerId, durationMinutes } = route;
  const from = route.from ?? daysFromToday(0);
  const [chosen, setChosen] = useState<Slot | null>(null);
  const free = useLoaded(
    () => api.freeTime(practitionerId, from, daysAfter(from, DAYS_AT_ONCE - 1), durationMinutes),
    [api, version, from, durationMinutes],
  );
  const change = (changes: Partial<PractitionerRoute>) => go({ ...route, ...changes });

  return (
    <>
      <h1 tabIndex={-1}>{practitioner ? `Free times of ${practitioner.name}` : 'Free times'}</h1>
      <div class="card filters">
        <DurationSelect
          minutes={durationMinutes}
          onChange={(minutes) => change({ durationMinutes: minutes })}
        />
        <WeekSwitch from={from} days={DAYS_AT_ONCE} onChange={(date) => change({ from: date })} />
      </div>
      <LoadedView of={free} what="free times">
        {(reply) =>
          reply.success ? (
            <>
              <Summary free={reply} />
              <SlotList slots={reply.slots} onChoose={setChosen} />
            </>
          ) : (
            <RefusalNotice refusal={reply}>
              {explain(reply).next === 'choose_duration' && durationMinutes > SHORTEST_MINUTES && (
                <button type="button" onClick={() => change({ durationMinutes: SHORTEST_MINUTES })}>
                  Show the shortest sessions
                </button>
              )}
              <a class="button" href={addressOf({ page: 'find' })}>
                Find another colleague
              </a>
            </RefusalNotice>
          )
        }
      </LoadedView>
      {chosen && practitioner && (
        <BookDialog
          practitioner={practitioner}
          slot={chosen}
          durationMinutes={durationMinutes}
          onClose={() => setChosen(null)}
          onOtherTime={() => {
            setChosen(null);
            free.reload();
          }}
        />
      )}
    </>
  );
}

function Summary({ free }: { free: FreeTime }) {
  const count = free.slots.length === 1 ? '1 free time' : `${free.slots.length || 'No'} free times`;
  return (
    <p class="count" role="status">
      {count} for {credits(free.credit_cost)} each, by {zone(free.timezone)}
    </p>
  );
}
