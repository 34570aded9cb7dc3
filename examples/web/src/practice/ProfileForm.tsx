import { useState } from 'preact/hooks';
import { useAction } from '@peer-exchange/client/hooks';
import type { Practice } from '../api/practice';
import { ActionNotice } from '../shared/ActionNotice';
import { Notice } from '../shared/Notice';

/** What she is found by, and where she gives sessions. */
export function ProfileForm({ practice }: { practice: Practice }) {
  const [location, setLocation] = useState(practice.location ?? '');
  const [address, setAddress] = useState(practice.visit_address ?? '');
  const [list, setList] = useState(practice.specializations.join(', '));
  const save = useAction('set_practice_profile');
  const field = (label: string, value: string, set: (value: string) => void, maxLength: number) => (
    <label>
      <span>{label}</span>
      <input maxLength={maxLength} value={value} onInput={(event) => set(event.currentTarget.value)} />
    </label>
  );
  return (
    <section class="card" aria-labelledby="profile">
      <h2 id="profile">How colleagues find you</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.start({
            p_location: changedText(location, practice.location),
            p_visit_address: changedText(address, practice.visit_address),
            p_specializations: list.split(',').filter((entry) => entry.trim()),
          });
        }}
      >
        {field('Place', location, setLocation, 300)}
        {field('Where you give sessions: an address or a link', address, setAddress, 300)}
        {field('What you are good at, with commas between', list, setList, 2_000)}
        <ActionNotice action={save} />
        {save.progress.state === 'done' && <Notice kind="success" sentence="Your profile is saved." />}
        <footer>
          <button type="submit" aria-disabled={save.progress.state === 'sending'}>
            Save the profile
          </button>
        </footer>
      </form>
    </section>
  );
}

/** Null where it is as it was: then it is left alone. */
function changedText(text: string, former: string | null): string | null {
  return text === (former ?? '') ? null : text;
}
