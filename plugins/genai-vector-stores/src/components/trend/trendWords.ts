import type {
  StoreSample,
  StoreSeries,
  VectorStoreState,
} from '@promptside/backstage-plugin-genai-common';

/** A point of a line. */
export interface TrendPoint {
  /** Milliseconds since the epoch. */
  at: number;
  value: number;
}

/** Numbers of a sample that have a line. */
export type TrendField = 'usedRatio' | 'vectorCount' | 'latencyMs';

/** More than this many steps between two samples is a gap: nothing was known then. */
const GAP_STEPS = 2.5;

/** Lines of a number: a new one begins where steps are missing or the number was not known. */
export function linesOf(
  { samples, stepMs }: StoreSeries,
  field: TrendField,
): TrendPoint[][] {
  const lines: TrendPoint[][] = [];
  let last: TrendPoint | undefined;
  for (const sample of samples) {
    const value = sample[field];
    const point =
      value === undefined ? undefined : { at: Date.parse(sample.at), value };
    if (point) {
      const joined = last && point.at - last.at <= GAP_STEPS * stepMs;
      if (joined) lines.at(-1)!.push(point);
      else lines.push([point]);
    }
    last = point;
  }
  return lines;
}

/** A time in one state. */
export interface StateSpan {
  state: VectorStoreState;
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
}

/** Times in one state, oldest first; where steps are missing there is none. */
export function spansOf({ samples, stepMs }: StoreSeries): StateSpan[] {
  const spans: StateSpan[] = [];
  for (const { at, state } of samples) {
    const from = Date.parse(at);
    const last = spans.at(-1);
    const joined = last && from - last.to <= (GAP_STEPS - 1) * stepMs;
    if (joined) last.to = from;
    if (joined && last.state === state) last.to = from + stepMs;
    else spans.push({ state, from, to: from + stepMs });
  }
  return spans;
}

/** `from 6 % to 97 %, now 97 %`; `undefined` when it was never known. */
export function describeLines(
  lines: readonly TrendPoint[][],
  format: (value: number) => string,
): string | undefined {
  const values = lines.flat().map(({ value }) => value);
  const last = values.at(-1);
  if (last === undefined) return undefined;
  const [low, high] = [Math.min(...values), Math.max(...values)].map(format);
  return low === high
    ? `always ${low}`
    : `from ${low} to ${high}, last ${format(last)}`;
}

/** `Healthy in 112 of 120 samples, Down in 8`; the order is that of the first appearance. */
export function describeStates(samples: readonly StoreSample[]): string {
  const counts = new Map<VectorStoreState, number>();
  for (const { state } of samples) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  const [first, ...rest] = [...counts];
  if (!first) return 'No sample';
  if (rest.length === 0) return `Always ${first[0]}`;
  return [
    `${first[0]} in ${first[1]} of ${samples.length} samples`,
    ...rest.map(([state, count]) => `${state} in ${count}`),
  ].join(', ');
}
