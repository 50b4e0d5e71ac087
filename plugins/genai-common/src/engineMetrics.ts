import { z } from 'zod';
import { faultSchema } from './faults';

/** A number that an engine told of itself. @public */
export const measuredNumberSchema = z.object({
  value: z.number(),
  grade: z.literal('measured'),
});

/** @public */
export type MeasuredNumber = z.infer<typeof measuredNumberSchema>;

/**
 * A latency over the window, from a histogram. The quantiles lie between the bounds of its buckets, as Prometheus reckons
 * them; they are absent where the engine has no buckets.
 *
 * @public
 */
export const measuredLatencySchema = z.object({
  meanMs: measuredNumberSchema.optional(),
  p50Ms: measuredNumberSchema.optional(),
  p95Ms: measuredNumberSchema.optional(),
});

/** @public */
export type MeasuredLatency = z.infer<typeof measuredLatencySchema>;

/**
 * What an engine says of its work; whatever it does not tell is absent. Rates and latencies need two readings, so they are
 * absent in the first answer, and latencies also while nobody asks.
 *
 * @public
 */
export const engineValuesSchema = z.object({
  runningRequestCount: measuredNumberSchema.optional(),
  waitingRequestCount: measuredNumberSchema.optional(),
  /** Use of the KV cache, 0 to 1. */
  kvCacheUsageRatio: measuredNumberSchema.optional(),
  timeToFirstToken: measuredLatencySchema.optional(),
  /** TGI tells the mean of a request with its first token in, so its number is the higher one. */
  interTokenLatency: measuredLatencySchema.optional(),
  promptTokensPerSecond: measuredNumberSchema.optional(),
  generatedTokensPerSecond: measuredNumberSchema.optional(),
});

/** @public */
export type EngineValues = z.infer<typeof engineValuesSchema>;

/** One pod of a model server, as its metrics tell of it. @public */
export const enginePodMetricsSchema = z.object({
  pod: z.string(),
  /** Why it told nothing. `Forbidden`: the portal lacks the right to `get` `pods/proxy`. */
  fault: faultSchema.optional(),
  values: engineValuesSchema,
});

/** @public */
export type EnginePodMetrics = z.infer<typeof enginePodMetricsSchema>;

/**
 * Metrics of a model server's engine, read from its ready pods through the API server.
 *
 * @public
 */
export const engineMetricsSchema = z.object({
  /** When the pods were asked, ISO 8601. */
  checkedAt: z.string(),
  /** Time between the two readings behind rates and latencies; absent after the first. */
  windowMs: z.number().optional(),
  /** Of all pods that answered: requests and tokens added up, the mean of cache use, latencies of all requests together. */
  values: engineValuesSchema,
  /** By name. */
  pods: z.array(enginePodMetricsSchema),
  /** Ready pods that were not asked, because there are too many. */
  skippedPodCount: z.number().int().optional(),
});

/** @public */
export type EngineMetrics = z.infer<typeof engineMetricsSchema>;
