import type {
  InferencePlan,
  InferencePlanRequest,
  Model,
  ModelVariant,
  PlanReason,
  Verdict,
} from '@promptside/backstage-plugin-genai-common';
import { OUR_ENGINES } from '../servingRuntimes/EngineRegistry';
import { parseEngineVersion } from '../servingRuntimes/engineVersion';
import type { Ask, Attempt } from './Attempt';
import { attemptOn } from './attemptOn';
import { compareAttempts } from './compareAttempts';
import { findAlternatives } from './findAlternatives';
import { formatCount, plural } from './format';
import { variantFor } from './variantFor';
import { hardwareShapes, type HardwareShape } from './hardwareShapes';
import type { PlanInventory } from './PlanInventory';

/** Context that is planned for when none is named, where the model knows so long a one. */
const DEFAULT_CONTEXT_LENGTH = 8192;

/** Context that is planned for when none is named; tokens. */
export function defaultContextLength(model: Pick<Model, 'contextLength'>) {
  return Math.min(model.contextLength, DEFAULT_CONTEXT_LENGTH);
}

/**
 * Whether the model runs on the hardware as it is now, on what, and what else would do. Pure: the same input gives the same
 * answer. Formulas, constants and the rules of the verdict are in docs/sizing.md.
 *
 * The vendor, product and resource of the request choose the devices; without a resource whole GPUs are preferred. What
 * cannot be is a verdict with reasons.
 *
 * @throws InputError for an engine that nobody added
 * @public
 */
export function planInference(input: {
  model: Model;
  request: InferencePlanRequest;
  inventory: PlanInventory;
}): Omit<InferencePlan, 'clusters'> {
  const { model, request, inventory } = input;
  const asked = findVariant(model, request);
  const engine = request.engine ?? 'vllm';
  const engines = inventory.engines ?? OUR_ENGINES;
  const ask: Ask = {
    model,
    variant: asked ?? model.variants[0],
    engine,
    spoke: engines.byName(engine),
    ...(request.engineVersion === undefined
      ? {}
      : { engineVersion: parseEngineVersion(request.engineVersion) }),
    contextLength: contextLengthOf(request, model),
    concurrency: request.concurrency,
    replicas: request.replicas ?? 1,
    gpuCount: request.gpuCount,
    tensorParallelSize: request.tensorParallelSize,
    kvCacheDtype: request.kvCacheDtype ?? 'auto',
    gpuMemoryUtilization: request.gpuMemoryUtilization,
    namespace: request.namespace,
    queue: request.queue,
    queues: inventory.queues ?? [],
    queuesUnknown: inventory.queuesUnknown ?? [],
    quota: inventory.quota,
    otherQuota: inventory.otherQuota ?? [],
    quotaClusters: inventory.quotaClusters,
    quotaKnown: inventory.quotaKnown,
    storage: {
      storageMode: request.storageMode,
      storageClassName: request.storageClassName,
      classes: inventory.storageClasses,
      unknownIn: inventory.storageUnknown ?? [],
    },
    requireQuota: inventory.requireQuota ?? false,
    images: engines.images(inventory.images),
  };
  const shapes = hardwareShapes(inventory.nodes).filter(
    ({ cluster }) => !request.cluster || cluster === request.cluster,
  );
  const made = asked ? attempts(ask, wantedShapes(request, shapes)) : [];
  const choice = made.at(0);
  const refusal = choice ? undefined : refuse(asked, input, shapes);
  const reasons = [
    ...(refusal ? [refusal.reason] : []),
    ...(choice?.candidate.reasons ?? []),
  ];
  return {
    model: model.id,
    engine,
    verdict: refusal?.verdict ?? choice!.candidate.verdict,
    summary: refusal?.reason.message ?? summarise(choice!),
    reasons,
    ...(choice ? { choice: choice.candidate } : {}),
    alternatives: findAlternatives(ask, shapes, made),
    quota: inventory.quota
      .filter(({ namespace }) => namespace === request.namespace)
      .map(({ cluster: _, someOnly: __, ...line }) => line),
    replicas: ask.replicas,
  };
}

/** TEI cuts what is longer than its model reads, so that there is no text that is too long for it. */
function contextLengthOf(
  { engine, contextLength }: InferencePlanRequest,
  model: Model,
): number {
  const asked = contextLength ?? defaultContextLength(model);
  return engine === 'tei' ? Math.min(asked, model.contextLength) : asked;
}

/** By quantization, else the edition whose repository was named, else what the engine loads. `undefined`: there are no such weights. */
function findVariant(
  { variants }: Model,
  { quantization, model: asked, engine }: InferencePlanRequest,
): ModelVariant | undefined {
  if (quantization !== undefined) {
    return variants.find(variant => variant.quantization === quantization);
  }
  const edition = variants.find(
    ({ repository }) => repository?.toLowerCase() === asked.toLowerCase(),
  );
  return edition ?? variantFor(engine, variants);
}

function wantedShapes(
  { vendor, product, resource }: InferencePlanRequest,
  shapes: readonly HardwareShape[],
): HardwareShape[] {
  const wanted = shapes.filter(
    shape =>
      (!vendor || shape.vendor === vendor) &&
      (!product ||
        shape.selector === product ||
        shape.productLabel === product) &&
      (!resource || shape.resource === resource),
  );
  const whole = wanted.filter(({ sharing }) => sharing === 'Whole');
  return resource || whole.length === 0 ? wanted : whole;
}

/** One attempt a kind of devices, best first. */
function attempts(ask: Ask, shapes: readonly HardwareShape[]): Attempt[] {
  return shapes.map(shape => attemptOn(ask, shape)).sort(compareAttempts);
}

interface Refusal {
  verdict: Verdict;
  reason: PlanReason;
}

/** Why there is nothing to choose from. */
function refuse(
  asked: ModelVariant | undefined,
  { model, request, inventory }: Parameters<typeof planInference>[0],
  shapes: readonly HardwareShape[],
): Refusal {
  return asked
    ? hardwareRefusal(request, shapes, inventory)
    : variantRefusal(model, request);
}

function variantRefusal(
  model: Model,
  { quantization }: InferencePlanRequest,
): Refusal {
  const known = model.variants.map(variant => variant.quantization);
  return {
    verdict: 'DoesNotFit',
    reason: {
      code: 'NoSuchWeights',
      field: 'quantization',
      severity: 'Blocking',
      message: `The catalog has no ${quantization} weights of ${model.title}. Choose one of: ${known.join(', ')}.`,
    },
  };
}

function hardwareRefusal(
  request: InferencePlanRequest,
  shapes: readonly HardwareShape[],
  { nodesKnown }: PlanInventory,
): Refusal {
  const where = request.cluster ? `Cluster ${request.cluster}` : 'The clusters';
  if (shapes.length === 0 && nodesKnown === false) {
    return {
      verdict: 'Unknown',
      reason: {
        code: 'HardwareUnknown',
        field: 'cluster',
        severity: 'Warning',
        message: `The GPUs of ${
          request.cluster ? `cluster ${request.cluster}` : 'the clusters'
        } are not known: their nodes could not be read. Try again when the cluster answers.`,
      },
    };
  }
  const asked = (['resource', 'product', 'vendor'] as const).find(
    field => request[field] !== undefined,
  );
  const having = request.cluster ? 'has' : 'have';
  if (shapes.length === 0 || !asked) {
    return {
      verdict: 'DoesNotFit',
      reason: {
        code: 'NoGpus',
        field: 'cluster',
        severity: 'Blocking',
        message: `${where} ${having} no GPUs. Choose another cluster, or add GPU nodes with their device plugin.`,
      },
    };
  }
  const wanted = ['vendor', 'product', 'resource']
    .flatMap(field => request[field as 'vendor' | 'product' | 'resource'] ?? [])
    .join(' ');
  return {
    verdict: 'DoesNotFit',
    reason: {
      code: 'NoSuchGpu',
      field: asked,
      severity: 'Blocking',
      message: `${where} ${having} no GPU "${wanted}". Choose one of: ${describe(shapes)}.`,
    },
  };
}

function describe(shapes: readonly HardwareShape[]): string {
  return shapes
    .map(shape => `${shape.name} (${formatCount(shape.freeCount)} free)`)
    .join(', ');
}

function summarise({ candidate, ask, shape }: Attempt): string {
  const [first] = candidate.reasons;
  if (candidate.verdict === 'DoesNotFit' || candidate.verdict === 'Unknown') {
    return first.message;
  }
  const replicas =
    ask.replicas === 1 ? 'a replica' : `each of ${ask.replicas} replicas`;
  const ratio = candidate.memory?.maxConcurrencyRatio;
  const room =
    ratio === undefined
      ? ''
      : `; the KV cache holds ${ratio.toFixed(1)} sequences of ${plural(
          ask.contextLength,
          'token',
        )}`;
  const sentence = `${ask.model.title} runs on ${plural(
    candidate.gpuCount,
    'GPU',
  )} ${shape.name} for ${replicas}${room}.`;
  return candidate.verdict === 'Tight'
    ? `${sentence} ${first.message}`
    : sentence;
}
