import {
  inferencePlanRequestSchema,
  type InferencePlanRequest,
  type Model,
  type PlanCandidate,
} from '@promptside/backstage-plugin-genai-common';
import type { UrlFilters } from '@promptside/backstage-plugin-genai-react';

/** Parameters of the URL that a plan is calculated for. */
export const PLAN_KEYS = [
  'context',
  'replicas',
  'kv',
  'weights',
  'vendor',
  'product',
  'gpus',
  'cluster',
] as const;

/** A key of {@link PLAN_KEYS}. */
export type PlanKey = (typeof PLAN_KEYS)[number];

/** Context that the planner takes when none is named; tokens. */
const DEFAULT_CONTEXT_LENGTH = 8192;

const SHORTEST_STEP = 1024;

/** What is asked of the planner, or which parameters are out of range and why. */
export type PlanQuestion =
  | { request: InferencePlanRequest; faults?: undefined }
  | { request?: undefined; faults: Partial<Record<PlanKey, string>> };

/** Context and replicas as they stand in the fields: text, so that a person can type. */
export function planTexts(
  model: Pick<Model, 'contextLength'>,
  { context, replicas }: UrlFilters<PlanKey>,
): { context: string; replicas: string } {
  const usual = Math.min(model.contextLength, DEFAULT_CONTEXT_LENGTH);
  return { context: context ?? String(usual), replicas: replicas ?? '1' };
}

const FIELD_OF: Partial<Record<keyof InferencePlanRequest, PlanKey>> = {
  contextLength: 'context',
  replicas: 'replicas',
  kvCacheDtype: 'kv',
  quantization: 'weights',
  vendor: 'vendor',
  product: 'product',
  gpuCount: 'gpus',
  cluster: 'cluster',
};

/** Reads the parameters with the schema of the backend, so that nothing is sent which it would refuse. */
export function planQuestion(
  model: Pick<Model, 'id' | 'contextLength'>,
  parameters: UrlFilters<PlanKey>,
): PlanQuestion {
  const { context, replicas } = planTexts(model, parameters);
  const { kv, weights, vendor, product, gpus, cluster } = parameters;
  const parsed = inferencePlanRequestSchema.safeParse({
    model: model.id,
    contextLength: wholeNumber(context),
    replicas: wholeNumber(replicas),
    kvCacheDtype: kv,
    quantization: weights,
    vendor,
    product,
    gpuCount: gpus === undefined ? undefined : wholeNumber(gpus),
    cluster,
  });
  if (parsed.success) return { request: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => [
    FIELD_OF[path[0] as keyof InferencePlanRequest] ?? 'context',
    message,
  ]);
  return { faults: Object.fromEntries(faults) };
}

/** `Number('')` is 0, which nobody typed. */
function wholeNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Context lengths of the slider: powers of two up to what the model knows, and that. */
export function contextSteps(longest: number): number[] {
  const steps: number[] = [];
  for (let step = SHORTEST_STEP; step < longest; step *= 2) steps.push(step);
  return [...steps, longest];
}

/** The longest step that is not above the context; the first for anything shorter or unreadable. */
export function stepOf(steps: readonly number[], context: number): number {
  return Math.max(0, steps.filter(step => step <= context).length - 1);
}

/** Parameters with which the planner chooses this candidate. */
export function parametersOf(
  candidate: PlanCandidate,
): Partial<Record<PlanKey, string>> {
  const { cluster, vendor, product, gpuCount, quantization } = candidate;
  return {
    context: String(candidate.contextLength),
    kv: candidate.kvCacheDtype,
    weights: quantization,
    vendor,
    product,
    gpus: String(gpuCount),
    cluster,
  };
}
