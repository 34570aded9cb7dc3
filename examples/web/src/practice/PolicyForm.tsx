import { useState } from 'preact/hooks';
import type { Arguments } from '@peer-exchange/client';
import { useAction } from '@peer-exchange/client/hooks';
import type { CancellationPolicy, Practice } from '../api/practice';
import { ActionNotice } from '../shared/ActionNotice';
import { Notice } from '../shared/Notice';

const MOST_HOURS = 8784;
const USUAL: CancellationPolicy = {
  full_refund_hours: 24,
  partial_refund_hours: 12,
  partial_refund_percent: 50,
};

/** What goes back to a client who cancels late. */
export function PolicyForm({ practice }: { practice: Practice }) {
  const [isOwn, setIsOwn] = useState(practice.has_own_cancellation_policy);
  const [policy, setPolicy] = useState(isOwn ? practice.cancellation_policy : USUAL);
  const set = useAction('set_cancellation_policy');
  const { progress } = set;
  const isUpsideDown = isOwn && policy.partial_refund_hours > policy.full_refund_hours;
  return (
    <section class="card" aria-labelledby="policy">
      <h2 id="policy">When a client cancels</h2>
      <p>{inWords(practice.cancellation_policy)}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isUpsideDown) set.start(isOwn ? argumentsOf(policy) : NONE);
        }}
      >
        <label class="inline">
          <input
            type="checkbox"
            checked={isOwn}
            onChange={(event) => setIsOwn(event.currentTarget.checked)}
          />
          <span>I have a policy of my own</span>
        </label>
        {isOwn && <PolicyFields policy={policy} onChange={setPolicy} />}
        {isUpsideDown && (
          <Notice kind="refusal" sentence="A part can’t go back longer before the start than all of it." />
        )}
        <ActionNotice action={set} />
        {progress.state === 'done' && <Notice kind="success" sentence="This holds from now on." />}
        <footer>
          <button type="submit" aria-disabled={isUpsideDown || progress.state === 'sending'}>
            Save the policy
          </button>
        </footer>
      </form>
    </section>
  );
}

const NONE: Arguments<'set_cancellation_policy'> = {
  p_full_refund_hours: null,
  p_partial_refund_hours: null,
  p_partial_refund_percent: null,
};

function argumentsOf(policy: CancellationPolicy): Arguments<'set_cancellation_policy'> {
  return {
    p_full_refund_hours: policy.full_refund_hours,
    p_partial_refund_hours: policy.partial_refund_hours,
    p_partial_refund_percent: policy.partial_refund_percent,
  };
}

function PolicyFields({
  policy,
  onChange,
}: {
  policy: CancellationPolicy;
  onChange: (policy: CancellationPolicy) => void;
}) {
  const field = (name: keyof CancellationPolicy, label: string, max: number) => (
    <label>
      <span>{label}</span>
      <input
        type="number"
        required
        min={0}
        max={max}
        step={name === 'partial_refund_percent' ? 'any' : 1}
        value={policy[name]}
        onInput={(event) => onChange({ ...policy, [name]: event.currentTarget.valueAsNumber })}
      />
    </label>
  );
  return (
    <fieldset class="side-by-side">
      {field('full_refund_hours', 'All of it until, hours before', MOST_HOURS)}
      {field('partial_refund_hours', 'A part until, hours before', MOST_HOURS)}
      {field('partial_refund_percent', 'Which part, in percent', 100)}
    </fieldset>
  );
}

function inWords(policy: CancellationPolicy): string {
  const { full_refund_hours: full, partial_refund_hours: partial, partial_refund_percent: percent } = policy;
  if (full === 0) return 'All credits go back until the session begins.';
  const part = percent > 0 && partial < full ? ` and ${percent} % until ${before(partial)}` : '';
  return `All credits go back until ${before(full)}${part}; nothing after that.`;
}

function before(hours: number): string {
  if (hours === 0) return 'it begins';
  return `${hours} ${hours === 1 ? 'hour' : 'hours'} before it`;
}
