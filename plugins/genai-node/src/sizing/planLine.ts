import { InputError } from '@backstage/errors';
import type {
  Model,
  PlanReason,
  Verdict,
} from '@promptside/backstage-plugin-genai-common';
import { z } from 'zod';
import { findModel } from '../models/findModel';
import { engineByName } from '../servingRuntimes/engines';
import { parseEngineVersion } from '../servingRuntimes/engineVersion';
import type { Ask } from './Attempt';
import { modelFromConfig } from './config/modelFromConfig';
import { engineMemory, SIZED_ENGINES } from './engineMemory';
import { judgeReplica, type Split } from './judgeReplica';
import { kvBytesPerToken, sequenceBytes } from './kvCache';
import { catalogVariant } from './catalogVariant';
import { namedDevice } from './namedDevice';
import { defaultContextLength } from './planInference';
import type { PlannedModel } from './PlannedModel';
import { splitOf } from './splitOf';
import { bySeverity, verdictOf } from './verdict';

const tokens = z.number().int().min(1).max(100_000_000);
const devices = z.number().int().min(1).max(1024);

/** One question, as a line of JSON has it. `null` counts as absent. */
const questionSchema = z.object({
  model: z.string().min(1).max(200).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
  weightsBytes: z.number().positive().optional(),
  quantization: z.string().min(1).max(60).optional(),
  gpu: z.union([z.string().min(1).max(120), z.number().positive()]),
  gpuCount: devices.optional(),
  tensorParallelSize: devices.optional(),
  pipelineParallelSize: devices.optional(),
  gpuMemoryUtilization: z.number().min(0.05).max(1).optional(),
  contextLength: tokens.optional(),
  concurrency: z.number().int().min(1).max(100_000).optional(),
  kvCacheDtype: z
    .enum(['auto', 'fp8', 'fp8_e4m3', 'fp8_e5m2', 'bfloat16', 'float16'])
    .optional(),
  engine: z.string().max(40).optional(),
  engineVersion: z.string().max(40).optional(),
});

type Question = z.infer<typeof questionSchema>;

/** The answer to one question. A number that cannot be told is absent. Bytes and tokens. @public */
export interface PlanLineAnswer {
  verdict: Verdict;
  reasons: PlanReason[];
  weightsBytes?: number;
  weightsBytesPerGpu?: number;
  kvBytesPerToken?: number;
  kvBytesAtContext?: number;
  kvPoolTokens?: number;
  longestContext?: number;
}

/**
 * Answers one line of JSON: whether the model runs on so many of such devices. The same code as the plan against a cluster,
 * without the cluster. Never throws.
 *
 * @param line - one JSON object
 * @param models - the catalog that ids are looked up in
 * @public
 */
export function planLine(
  line: string,
  models: readonly Model[],
): PlanLineAnswer | { error: string } {
  try {
    return answer(readQuestion(line), models);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function readQuestion(line: string): Question {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new InputError('The line is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError('The line must be a JSON object');
  }
  const present = Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== null),
  );
  const parsed = questionSchema.safeParse(present);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`)
        .join('; ')
        .slice(0, 500),
    );
  }
  return parsed.data;
}

function answer(question: Question, models: readonly Model[]): PlanLineAnswer {
  const { model, variant } = modelOf(question, models);
  const ask = askOf(question, model, variant);
  const device = namedDevice(question.gpu);
  const split = splitOf(question);
  const { size, reasons } = judgeReplica(ask, device, split);
  const unsure = [
    ...(device.ambiguous
      ? [
          warning(
            'GpuAmbiguous',
            'gpu',
            `${device.name} is sold with different memory. Name ${device.ambiguous}, or give the GiB.`,
          ),
        ]
      : []),
    ...(model.architectureKnown === false
      ? [
          warning(
            'ArchitectureUnknown',
            'config.model_type',
            `Nothing is known of the architecture ${model.modelType ?? '(none named)'}: the numbers hold if it attends like a plain decoder.`,
          ),
        ]
      : []),
  ];
  const all = [...reasons, ...unsure, ...assumed(question, split)].sort(
    bySeverity,
  );
  const { layers } = engineMemory(ask.engine, {
    model,
    device: { memoryBytes: device.memoryBytes ?? 0 },
    version: ask.engineVersion,
    tensorParallelSize: split.tensorParallelSize,
    contextLength: ask.contextLength,
  });
  return {
    verdict: verdictOf(all, size !== undefined && unsure.length === 0),
    reasons: all,
    weightsBytes: size?.weightsBytes ?? variant.weightsBytes,
    ...(size
      ? { weightsBytesPerGpu: Math.round(size.weightsBytesPerGpu) }
      : {}),
    kvBytesPerToken:
      layers.length > 0 ? kvBytesPerToken(model, ask.kvCacheDtype) : 0,
    kvBytesAtContext: Math.round(
      sequenceBytes(layers, ask.contextLength, 1, ask.kvCacheDtype),
    ),
    ...(size
      ? {
          kvPoolTokens: size.kvPoolTokens,
          longestContext: size.longestContext,
        }
      : {}),
  };
}

/** More GPUs than the tensor parallel size may also be replicas; those would be asked for one by one. */
function assumed(
  question: Question,
  { gpuCount, pipelineParallelSize }: Split,
): PlanReason[] {
  return pipelineParallelSize > 1 && !question.pipelineParallelSize
    ? [
        {
          code: 'PipelineAssumed',
          field: 'tensorParallelSize',
          severity: 'Info',
          message: `${gpuCount} GPUs with a tensor parallel size of ${question.tensorParallelSize} are ${pipelineParallelSize} stages of a pipeline, each with its part of the layers.`,
        },
      ]
    : [];
}

function warning(code: string, field: string, message: string): PlanReason {
  return { code, field, severity: 'Warning', message };
}

function modelOf(
  question: Question,
  models: readonly Model[],
): { model: PlannedModel; variant: Ask['variant'] } {
  const { config, model: id, weightsBytes, quantization } = question;
  if (config)
    return modelFromConfig({ config, id, weightsBytes, quantization });
  if (!id) throw new InputError('model or config is missing');
  const model = findModel(models, id);
  if (!model) {
    throw new InputError(
      `The catalog has no model "${id.slice(0, 100)}". Give its config instead`,
    );
  }
  return { model, variant: catalogVariant(model, question) };
}

function askOf(
  question: Question,
  model: PlannedModel,
  variant: Ask['variant'],
): Ask {
  const named = (question.engine ?? 'vllm').toLowerCase();
  const engine = SIZED_ENGINES.find(each => each === named);
  if (!engine) {
    throw new InputError(
      `engine "${named}" is not known. Choose one of: ${SIZED_ENGINES.join(', ')}`,
    );
  }
  return {
    model,
    variant,
    engine,
    spoke: engineByName(engine),
    ...(question.engineVersion
      ? { engineVersion: parseEngineVersion(question.engineVersion) }
      : {}),
    contextLength: question.contextLength ?? defaultContextLength(model),
    concurrency: question.concurrency,
    replicas: 1,
    kvCacheDtype: question.kvCacheDtype?.startsWith('fp8') ? 'fp8' : 'auto',
    gpuMemoryUtilization: question.gpuMemoryUtilization,
    ownImage: true,
    quota: [],
    otherQuota: [],
    queues: [],
    queuesUnknown: [],
    quotaKnown: false,
    requireQuota: false,
  };
}
