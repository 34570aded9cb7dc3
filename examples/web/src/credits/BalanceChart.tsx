// The balance over time as a line of steps. The statement below it has the same figures as a table.
import { scaleLinear, scaleTime } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StatementEntry } from '../api/replies';
import { credits, date } from '../shared/words';

const HEIGHT = 220;
const MARGIN = { top: 12, right: 12, bottom: 26, left: 40 };
const PIXELS_PER_TICK = 110;

interface Point {
  at: Date;
  balance: number;
}

export function BalanceChart({ entries, balance }: { entries: StatementEntry[]; balance: number }) {
  const [frame, width] = useWidth();
  const points = pointsOf(entries, balance);
  return (
    <section class="card chart" aria-labelledby="chart">
      <h2 id="chart">Over time</h2>
      <div ref={frame}>
        {points.length < 2 ? <NotYet /> : width > 0 && <Drawing points={points} width={width} />}
      </div>
    </section>
  );
}

function NotYet() {
  return <p class="muted">The line begins with your first movement in this time.</p>;
}

function Drawing({ points, width }: { points: Point[]; width: number }) {
  const [first, last] = [points[0]!, points.at(-1)!];
  const [left, right, bottom] = [MARGIN.left, width - MARGIN.right, HEIGHT - MARGIN.bottom];
  const x = scaleTime([first.at, last.at], [left, right]);
  const highest = Math.max(...points.map((point) => point.balance), 1);
  const y = scaleLinear([0, highest], [bottom, MARGIN.top]).nice(4);

  const curve = line<Point>(
    (point) => x(point.at),
    (point) => y(point.balance),
  ).curve(curveStepAfter);
  const surface = area<Point>(
    (point) => x(point.at),
    bottom,
    (point) => y(point.balance),
  ).curve(curveStepAfter);

  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={inWords(points)}>
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
      <path class="surface" d={surface(points) ?? ''} />
      <path class="curve" d={curve(points) ?? ''} />
      {points.slice(0, -1).map((point) => (
        <circle key={+point.at} cx={x(point.at)} cy={y(point.balance)} r="3.5">
          <title>{`${date(point.at)}: ${credits(point.balance)}`}</title>
        </circle>
      ))}
    </svg>
  );
}

/** Entries come newest first; the last point is now. */
function pointsOf(entries: StatementEntry[], balance: number): Point[] {
  const past = entries
    .flatMap(({ created_at, balance_after }) =>
      created_at ? { at: new Date(created_at), balance: balance_after } : [],
    )
    .reverse();
  return past.length === 0 ? [] : [...past, { at: new Date(), balance }];
}

function inWords(points: Point[]): string {
  const balances = points.map((point) => point.balance);
  return `Balance since ${date(points[0]!.at)}: now ${credits(balances.at(-1)!)}, lowest ${Math.min(...balances)}, highest ${Math.max(...balances)}.`;
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
