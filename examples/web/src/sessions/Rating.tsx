import { useState } from 'preact/hooks';
import { useAction } from '@peer-exchange/client/hooks';
import type { PeerSession } from '../api/replies';
import { ActionNotice } from '../shared/ActionNotice';
import { Notice } from '../shared/Notice';
import { nameOf } from '../shared/words';

const STARS = [1, 2, 3, 4, 5];

/** How it was: said by its client once it has taken place, and read by both. */
export function Rating({ session }: { session: PeerSession }) {
  if (session.can_rate) return <RatingForm session={session} />;
  return session.rating && <Given rating={session.rating} />;
}

function Given({ rating: { stars, comment } }: { rating: NonNullable<PeerSession['rating']> }) {
  return (
    <section class="card" aria-labelledby="rating">
      <h2 id="rating">How it was</h2>
      <p class="stars" role="img" aria-label={inWords(stars)}>
        {'★'.repeat(stars)}
        {'☆'.repeat(STARS.length - stars)}
      </p>
      {comment && <p class="notes">“{comment}”</p>}
    </section>
  );
}

function RatingForm({ session }: { session: PeerSession }) {
  const { session_id, rating, counterpart } = session;
  const [stars, setStars] = useState(rating?.stars ?? null);
  const [comment, setComment] = useState(rating?.comment ?? '');
  const saying = useAction('rate_peer_session');
  const other = nameOf(counterpart);
  return (
    <section class="card" aria-labelledby="rating">
      <h2 id="rating">How was it?</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (stars) saying.start({ p_session_id: session_id, p_stars: stars, p_comment: comment || null });
        }}
      >
        <fieldset class="stars">
          <legend class="unseen">Stars</legend>
          {STARS.map((star) => (
            <label key={star}>
              <input
                type="radio"
                name="stars"
                required
                aria-label={inWords(star)}
                value={star}
                checked={stars === star}
                onChange={() => setStars(star)}
              />
              <span aria-hidden="true">{star <= (stars ?? 0) ? '★' : '☆'}</span>
            </label>
          ))}
        </fieldset>
        <label>
          <span>In words (optional, {other} reads it)</span>
          <textarea
            rows={2}
            maxLength={10_000}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
        </label>
        <ActionNotice action={saying} />
        {saying.progress.state === 'done' && <Notice kind="success" sentence="Thank you. It is noted." />}
        <footer>
          <button type="submit" aria-disabled={saying.progress.state === 'sending'}>
            {rating ? 'Change the rating' : 'Rate the session'}
          </button>
        </footer>
      </form>
    </section>
  );
}

function inWords(stars: number): string {
  return stars === 1 ? '1 star' : `${stars} stars`;
}
