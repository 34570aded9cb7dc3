// The balance at the end of each day as a line of steps, and what one day was: by touch, by mouse, or by the keyboard.
import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { keepPreviousData } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BalanceHistory, DayOfBalance } from '@peer-exchange/client';
import { useReading } from '@peer-exchange/client/hooks';
import { LoadedView } from '../shared/LoadedView';
import { dayText } from '../shared/time';
import { credits } from '../shared/words';
import { dayByDay, type Bounds } from './period';

const HEIGHT = 220;
const MARGIN = { top: 12, right: 12, bottom: 26, left: 40 };
const PIXELS_PER_TICK = 110;
const DAY_MILLISECONDS = 86_400_000;

export function BalanceChart({ bounds }: { bounds: Bounds }) {
  const { from, to } = dayByDay(bounds);
  const history = useReading(
    'get_balance_history',
    { p_from: from, p_to: to },
    { placeholderData: keepPreviousData },
  );
  return (
    <section class="card chart" aria-labelledby="chart">
      <h2 id="chart">Over time</h2>
      <LoadedView of={history} what="your balance over time">
        {({ days, ...of }: BalanceHistory) => <Days key={`${of.from} ${of.to}`} days={days} />}
      </LoadedView>
    </section>
  );
}

function Days({ days }: { days: DayOfBalance[] }) {
  const [frame, width] = useWidth();
  const [chosen, setChosen] = useState(days.length - 1);
  const day = days[chosen]!;
  return (
    <div ref={frame}>
      {width > 0 && <Drawing days={days} chosen={chosen} onChoose={setChosen} width={width} />}
      <input
        type="range"
        aria-label="Day"
        aria-valuetext={readingOf(day)}
        min={0}
        max={days.length - 1}
        value={chosen}
        onInput={(event) => setChosen(event.currentTarget.valueAsNumber)}
        style={{ marginLeft: MARGIN.left, width: `calc(100% - ${MARGIN.left + MARGIN.right}px)` }}
      />
      <p class="reading">{readingOf(day)}</p>
    </div>
  );
}

interface DrawingProps {
  days: DayOfBalance[];
  chosen: number;
  onChoose: (day: number) => void;
  width: number;
}

function Drawing({ days, chosen, onChoose, width }: DrawingProps) {
  const [left, right, bottom] = [MARGIN.left, width - MARGIN.right, HEIGHT - MARGIN.bottom];
  const start = Date.parse(days[0]!.date);
  const x = scaleUtc([start, start + days.length * DAY_MILLISECONDS], [left, right]);
  const y = scaleLinear([0, Math.max(...days.map((day) => day.balance), 1)], [bottom, MARGIN.top]).nice(4);
  const at = (day: number) => x(start + day * DAY_MILLISECONDS);

  // The last step is as long as its day.
  const steps = [...days, days.at(-1)!];
  const curve = line<DayOfBalance>(
    (_, day) => at(day),
    (day) => y(day.balance),
  ).curve(curveStepAfter);
  const surface = area<DayOfBalance>(
    (_, day) => at(day),
    bottom,
    (day) => y(day.balance),
  ).curve(curveStepAfter);
  const point = (event: PointerEvent & { currentTarget: SVGSVGElement }) => {
    const from = event.currentTarget.getBoundingClientRect().left + left;
    const day = Math.floor(((event.clientX - from) / (right - left)) * days.length);
    onChoose(Math.min(Math.max(day, 0), days.length - 1));
  };

  return (
    <svg
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={inWords(days)}
      onPointerDown={point}
      onPointerMove={point}
    >
      {y.ticks(4).map((tick) => (
        <g key={tick} class="tick">
          <line x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 8} y={y(tick)} dy="0.35em" text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      {x.ticks(Math.max(2, Math.floor((right - left) / PIXELS_PER_TICK))).map((tick) => (
        <text key={+tick} class="tick" x={x(tick)} y={HEIGHT - 6} text-anchor="middle">
          {x.tickFormat()(tick)}
        </text>
      ))}
      <path class="surface" d={surface(steps) ?? ''} />
      <path class="curve" d={curve(steps) ?? ''} />
      <line class="chosen" x1={at(chosen + 0.5)} x2={at(chosen + 0.5)} y1={MARGIN.top} y2={bottom} />
      <circle cx={at(chosen + 0.5)} cy={y(days[chosen]!.balance)} r="4" />
    </svg>
  );
}

/** Thu 26 Nov: 40 credits, 60 held. Spent 60. */
function readingOf({ date, balance, held, owed, earned, spent, other }: DayOfBalance): string {
  const stood = [credits(balance), held > 0 && `${held} held`, owed > 0 && `${owed} owed`];
  const moved = [
    earned !== 0 && (earned > 0 ? `earned ${earned}` : `gave back ${-earned}`),
    spent !== 0 && (spent > 0 ? `spent ${spent}` : `got back ${-spent}`),
    other !== 0 && (other > 0 ? `got ${other} besides` : `lost ${-other} besides`),
  ].filter(Boolean);
  const sentence = moved.length > 0 ? ` That day you ${moved.join(', ')}.` : '';
  return `${dayText(date)}: ${stood.filter(Boolean).join(', ')}.${sentence}`;
}

function inWords(days: DayOfBalance[]): string {
  const [first, last] = [days[0]!, days.at(-1)!];
  const balances = days.map((day) => day.balance);
  return `Balance from ${dayText(first.date)} to ${dayText(last.date)}: ${credits(last.balance)} in the end, lowest ${Math.min(...balances)}, highest ${Math.max(...balances)}.`;
}

function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)));
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  return [frame, width] as const;
}
