import { useState } from 'preact/hooks';
import { useSlotPicker } from '@peer-exchange/client/hooks';
import type { Person } from '../signin/people';
import { LoadedView } from '../shared/LoadedView';
import { addressOf, go, type Route } from '../shared/route';
import { treatment } from '../shared/words';
import { BookDialog, type Wording } from './BookDialog';
import { DurationSelect } from './DurationSelect';
import { FreeTimeList, STEP_MINUTES } from './FreeTimeList';
import { lastSearch } from './lastSearch';
import { usePractitioner } from './usePractitioner';
import { WayOut } from './WayOut';
import { WeekSwitch } from './WeekSwitch';

type PractitionerRoute = Extract<Route, { page: 'practitioner' }>;

/** One colleague's free times, and booking one of them. */
export function PractitionerPage({ route }: { route: PractitionerRoute }) {
  const found = usePractitioner(route.practitionerId);
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
  const { practitionerId, durationMinutes } = route;
  const change = (changes: Partial<PractitionerRoute>) => go({ ...route, ...changes });
  const picker = useSlotPicker({
    p_practitioner_id: practitionerId,
    p_duration_minutes: durationMinutes,
    p_step_minutes: STEP_MINUTES,
    from: route.from ?? undefined,
    onShow: (from) => change({ from }),
  });
  const { chosen, choose } = picker;
  // Kept when a time is lost, for the next one.
  const [wording, setWording] = useState<Wording>({
    session_type: route.sessionType ?? treatment(practitioner?.user_role ?? ''),
    notes: '',
  });
  const otherwise = {
    durationMinutes,
    onOtherTime: picker.chooseAgain,
    onOtherDuration: (minutes: number) => change({ durationMinutes: minutes }),
  };

  return (
    <>
      <h1 tabIndex={-1}>{practitioner ? `Free times of ${practitioner.name}` : 'Free times'}</h1>
      <div class="card filters">
        <DurationSelect
          minutes={durationMinutes}
          onChange={(minutes) => change({ durationMinutes: minutes })}
        />
        <WeekSwitch picker={picker} />
      </div>
      <FreeTimeList picker={picker} isPriced verb="Book">
        {(refusal) => <WayOut refusal={refusal} {...otherwise} />}
      </FreeTimeList>
      {chosen && practitioner && (
        <BookDialog
          practitioner={practitioner}
          slot={chosen}
          wording={wording}
          onWording={setWording}
          onClose={() => choose(null)}
          {...otherwise}
        />
      )}
    </>
  );
}
