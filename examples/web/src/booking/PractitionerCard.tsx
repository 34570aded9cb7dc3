import type { Practitioner } from '../api/replies';
import { addressOf } from '../shared/route';
import { When } from '../shared/When';
import { credits, role } from '../shared/words';

/** One result of a search. */
export function PractitionerCard(props: { practitioner: Practitioner; durationMinutes: number }) {
  const { practitioner, durationMinutes } = props;
  const slot = practitioner.next_free_slot;
  return (
    <li class="card practitioner">
      <h2>{practitioner.name}</h2>
      <p class="muted">{[role(practitioner.user_role), practitioner.location].filter(Boolean).join(' · ')}</p>
      {practitioner.specializations.length > 0 && (
        <ul class="tags" aria-label="Specializations">
          {practitioner.specializations.map((specialization) => (
            <li key={specialization}>{specialization}</li>
          ))}
        </ul>
      )}
      <p class="experience">{experience(practitioner)}</p>
      <p class="next">
        {slot ? (
          <>
            Next free <When of={slot} />
          </>
        ) : (
          'No free time soon'
        )}
      </p>
      <p class="foot">
        <strong>{credits(practitioner.credit_cost)}</strong>
        <a
          class="button primary"
          href={addressOf({
            page: 'practitioner',
            practitionerId: practitioner.practitioner_id,
            durationMinutes,
            from: slot?.session_date ?? null,
            sessionType: null,
          })}
          aria-label={`See free times of ${practitioner.name}`}
        >
          See free times
        </a>
      </p>
    </li>
  );
}

function experience({ rating, rating_count, completed_sessions: sessions }: Practitioner): string {
  const rated =
    rating === null
      ? null
      : `Rated ${rating.toFixed(1)}${rating_count === null ? '' : ` by ${rating_count}`}`;
  const given = sessions === 1 ? '1 peer session given' : `${sessions} peer sessions given`;
  return [rated, sessions > 0 ? given : 'New to peer sessions'].filter(Boolean).join(' · ');
}
