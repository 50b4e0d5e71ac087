import type { Model, Verdict } from '@promptside/backstage-plugin-genai-common';
import {
  matchesSearch,
  type UrlFilters,
} from '@promptside/backstage-plugin-genai-react';

/** Parameters of the URL that filter models. `vendor` also chooses the GPUs for which the fit is asked. */
export const MODEL_FILTER_KEYS = [
  'task',
  'license',
  'access',
  'provider',
  'size',
  'fits',
  'vendor',
  'running',
  'q',
] as const;

/** A key of {@link MODEL_FILTER_KEYS}. */
export type ModelFilterKey = (typeof MODEL_FILTER_KEYS)[number];

/** Ranges of the filter `size`, in billions of parameters; the upper end belongs to the next range. */
export const MODEL_SIZES = [
  { value: 'under-4b', label: 'Under 4B', from: 0, below: 4 },
  { value: '4b-12b', label: '4B to 12B', from: 4, below: 12 },
  { value: '12b-40b', label: '12B to 40B', from: 12, below: 40 },
  { value: '40b-100b', label: '40B to 100B', from: 40, below: 100 },
  {
    value: 'over-100b',
    label: 'Over 100B',
    from: 100,
    below: Number.POSITIVE_INFINITY,
  },
] as const;

/** Choices of the filter `fits` with the verdicts that pass. */
export const FIT_CHOICES: readonly {
  value: string;
  label: string;
  verdicts: readonly Verdict[];
}[] = [
  { value: 'now', label: 'Fits now', verdicts: ['Fits', 'Tight'] },
  { value: 'easily', label: 'Fits, not tight', verdicts: ['Fits'] },
  { value: 'not', label: 'Does not fit', verdicts: ['DoesNotFit'] },
  { value: 'unknown', label: 'Unknown', verdicts: ['Unknown'] },
];

/** What of a model the filters look at besides its facts. */
export interface FilteredModel extends Pick<
  Model,
  'id' | 'title' | 'provider' | 'task' | 'license' | 'gated' | 'parameterCount'
> {
  /** Absent while the plan is not there. */
  verdict?: Verdict;
  /** Servers that run it; absent when that is not known. */
  runningCount?: number;
}

const BILLION = 1e9;

/** Whether a model passes the filters. A choice that nobody offers (from an old link) filters nothing. */
export function passesFilters(
  model: FilteredModel,
  filters: UrlFilters<ModelFilterKey>,
): boolean {
  const { task, license, access, provider, size, fits, running, q } = filters;
  const range = MODEL_SIZES.find(({ value }) => value === size);
  const billions = model.parameterCount / BILLION;
  const verdicts = FIT_CHOICES.find(({ value }) => value === fits)?.verdicts;
  return (
    (!task || model.task === task) &&
    (!license || model.license === license) &&
    (!access || model.gated === (access === 'gated')) &&
    (!provider || model.provider === provider) &&
    (!range || (billions >= range.from && billions < range.below)) &&
    (!verdicts || verdicts.includes(model.verdict ?? 'Unknown')) &&
    (!running || Boolean(model.runningCount)) &&
    matchesSearch(q, [model.id, model.title, model.provider])
  );
}
