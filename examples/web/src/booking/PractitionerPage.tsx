import { useState } from 'preact/hooks';
import type { Person } from '../signin/people';
import { useAccount } from '../shared/account';
import { useLoaded } from '../shared/load';
import { LoadedView } from '../shared/LoadedView';
import { addressOf, go, type Route } from '../shared/route';
import { daysAfter, daysFromToday, treatment } from '../shared/words';
import { BookDialog, type Wording } from './BookDialog';
import { DurationSelect } from './DurationSelect';
import { FreeTimeList } from './FreeTimeList';
import { lastSearch } from './lastSearch';
import type { OfferedSlot } from './offered';
import { WayOut } from './WayOut';
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
        <a href={addressOf({ page: 'find', terms: lastSearch() })}>← All colleagues</a>
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
  const to = daysAfter(from, DAYS_AT_ONCE - 1);
  const [chosen, setChosen] = useState<OfferedSlot | null>(null);
  // Kept when a time is lost, for the next one.
  const [wording, setWording] = useState<Wording>({
    session_type: route.sessionType ?? treatment(practitioner?.user_role ?? ''),
    notes: '',
  });
  // The reader's days begin and end in those before and after on the practitioner's calendar.
  const free = useLoaded(
    () => api.freeTime(practitionerId, daysAfter(from, -1), daysAfter(to, 1), durationMinutes),
    [api, version, from, durationMinutes],
  );
  const change = (changes: Partial<PractitionerRoute>) => go({ ...route, ...changes });
  const onOtherTime = () => {
    setChosen(null);
    free.reload();
  };
  const onOtherDuration = (minutes: number) => {
    setChosen(null);
    change({ durationMinutes: minutes });
  };

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
      <FreeTimeList free={free} from={from} to={to} isPriced verb="Book" onChoose={setChosen}>
        {(refusal) => (
          <WayOut
            refusal={refusal}
            durationMinutes={durationMinutes}
            onOtherTime={onOtherTime}
            onOtherDuration={onOtherDuration}
          />
        )}
      </FreeTimeList>
      {chosen && practitioner && (
        <BookDialog
          practitioner={practitioner}
          slot={chosen}
          durationMinutes={durationMinutes}
          wording={wording}
          onWording={setWording}
          onClose={() => setChosen(null)}
          onOtherTime={onOtherTime}
          onOtherDuration={onOtherDuration}
        />
      )}
    </>
  );
}
