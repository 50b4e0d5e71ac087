import type {
  InferencePlan,
  PlanCandidate,
  PlanPrice,
} from '@promptside/backstage-plugin-genai-common';

/**
 * What a GPU costs an hour, as an adopter's table has it.
 *
 * @public
 */
export interface GpuPrices {
  /** ISO 4217, e.g. `EUR`. */
  readonly currency: string;
  /**
   * By product as the node label has it (`NVIDIA-L4`), for whole GPUs; by resource (`nvidia.com/mig-1g.10gb`,
   * `nvidia.com/gpu.shared`), for slices and shared slots, and for whole GPUs whose product has no price.
   */
  readonly perHour: Readonly<Record<string, number>>;
}

/**
 * Price of all replicas of a candidate; `undefined` where the table has none, which is not the same as nothing.
 *
 * @public
 */
export function priceOf(
  { product, resource, sharing, gpuCount }: PlanCandidate,
  replicas: number,
  { currency, perHour }: GpuPrices,
): PlanPrice | undefined {
  const byProduct =
    sharing === 'Whole' && product !== undefined ? perHour[product] : undefined;
  // A shared slot may go by the resource of the whole GPU, and does not cost as much.
  const named =
    sharing === 'Whole' ||
    sharing === 'Mig' ||
    sharing === 'Partition' ||
    resource.endsWith('.shared');
  const each = byProduct ?? (named ? perHour[resource] : undefined);
  if (each === undefined) return undefined;
  // Sums of cents: more digits would be the arithmetic's, not the table's.
  const amount = Number((each * gpuCount * replicas).toFixed(4));
  return { amount, currency };
}

/**
 * The plan with the price of each way that the table knows.
 *
 * @public
 */
export function withPrices<
  T extends Pick<InferencePlan, 'choice' | 'alternatives' | 'replicas'>,
>(plan: T, prices: GpuPrices | undefined): T {
  if (!prices) return plan;
  const priced = (candidate: PlanCandidate): PlanCandidate => {
    const pricePerHour = priceOf(candidate, plan.replicas, prices);
    return pricePerHour ? { ...candidate, pricePerHour } : candidate;
  };
  return {
    ...plan,
    ...(plan.choice ? { choice: priced(plan.choice) } : {}),
    alternatives: plan.alternatives.map(priced),
  };
}
