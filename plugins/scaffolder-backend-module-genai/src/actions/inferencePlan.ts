import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  inferencePlanRequestSchema,
  type InferencePlan,
  type PlanCandidate,
} from '@promptside/backstage-plugin-genai-common';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import { examples } from './inferencePlan.examples';
import { parseInput } from './parseInput';
import { planChoiceOf } from './planChoice';

const describe = (candidate: PlanCandidate): string =>
  [
    `${candidate.gpuCount} x ${candidate.product ?? candidate.resource}`,
    `${candidate.contextLength} tokens`,
    candidate.quantization === 'none' ? undefined : candidate.quantization,
  ]
    .filter(Boolean)
    .join(', ');

/** Why the plan stops the task, or undefined when it may go on. */
function refusal(plan: InferencePlan, acceptUnknown: boolean) {
  const stops =
    plan.verdict === 'DoesNotFit' ||
    (plan.verdict === 'Unknown' && !acceptUnknown) ||
    !plan.choice;
  if (!stops) return undefined;
  const blocking = plan.reasons.filter(({ severity }) => severity !== 'Info');
  const reasons = blocking.length > 0 ? blocking : plan.reasons;
  // The summary is often the first reason in the same words; with its field it says more.
  const isReason = reasons.some(({ message }) => message === plan.summary);
  const ways = plan.alternatives
    .filter(({ verdict }) => verdict === 'Fits' || verdict === 'Tight')
    .slice(0, 3)
    .map(describe);
  return [
    ...(isReason ? [] : [plan.summary]),
    ...reasons.map(({ field, message }) =>
      field ? `${field}: ${message}` : message,
    ),
    ...(ways.length > 0 ? [`What fits now: ${ways.join('; ')}`] : []),
  ].join('\n');
}

/** `genai:inference:plan`: does the model fit the live clusters, and on what? */
export function createInferencePlanAction(access: GenaiAccess) {
  return createTemplateAction({
    id: 'genai:inference:plan',
    description:
      'Checks whether a model fits the GPUs that are free now (memory, GPUs, quota) and chooses the hardware; stops the task with the numbers when it does not',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        model: z => z.string().describe('Hugging Face id of the model'),
        engine: z =>
          z
            .string()
            .optional()
            .describe(
              'Serving engine: vllm (default), sglang, triton, kserve, nim, tgi, tgi-substratus, llama-cpp, tei, or an added one such as acme/serve',
            ),
        engineVersion: z =>
          z
            .string()
            .optional()
            .describe('Release of the engine; the pinned one when absent'),
        cluster: z =>
          z
            .string()
            .optional()
            .describe('Cluster to plan for; all when absent'),
        namespace: z =>
          z
            .string()
            .optional()
            .describe('Namespace whose ResourceQuota must suffice'),
        queue: z =>
          z
            .string()
            .optional()
            .describe(
              'LocalQueue of Kueue in the namespace; its only one when absent',
            ),
        vendor: z => z.enum(['nvidia', 'amd', 'intel']).optional(),
        product: z =>
          z.string().optional().describe('GPU product label; any when absent'),
        resource: z =>
          z
            .string()
            .optional()
            .describe('Extended resource, e.g. a MIG profile'),
        target: z =>
          z
            .object({
              cluster: z.string().optional(),
              namespace: z.string().optional(),
            })
            .optional()
            .describe('Both as GenaiTargetPicker gives them'),
        accelerator: z =>
          z
            .object({
              vendor: z.string().optional(),
              resource: z.string().optional(),
              product: z.string().optional(),
            })
            .optional()
            .describe(
              'The same three as GenaiAcceleratorPicker gives them; any GPU when empty',
            ),
        gpuCount: z =>
          z
            .number()
            .int()
            .optional()
            .describe(
              'GPUs a replica; the smallest number that fits when absent',
            ),
        tensorParallelSize: z =>
          z
            .number()
            .int()
            .optional()
            .describe(
              'GPUs that share each layer; all of a replica when absent',
            ),
        contextLength: z => z.number().int().optional().describe('Tokens'),
        concurrency: z =>
          z
            .number()
            .int()
            .optional()
            .describe('Sequences at full context at the same time'),
        replicas: z => z.number().int().optional(),
        storage: z =>
          z
            .object({
              mode: z.string().optional(),
              className: z.string().optional(),
            })
            .optional()
            .describe(
              'As GenaiStorageClassPicker gives it: mode PerReplica or Shared and a StorageClass; checks that the volume can be made',
            ),
        quantization: z => z.string().optional(),
        kvCacheDtype: z => z.enum(['auto', 'fp8']).optional(),
        gpuMemoryUtilization: z => z.number().optional(),
        acceptUnknown: z =>
          z
            .boolean()
            .optional()
            .describe('Go on when a number needed for the verdict is missing'),
      },
      output: {
        plan: z => z.any().describe('The whole plan'),
        verdict: z => z.enum(['Fits', 'Tight', 'DoesNotFit', 'Unknown']),
        summary: z => z.string(),
        choice: z =>
          z
            .any()
            .describe(
              'Chosen hardware with model and engine, for genai:inference:render',
            ),
      },
    },
    async handler(ctx) {
      const { acceptUnknown, target, accelerator, storage, ...input } =
        ctx.input;
      const request = parseInput(inferencePlanRequestSchema, {
        ...target,
        ...accelerator,
        ...input,
        storageMode: storage?.mode || undefined,
        storageClassName: storage?.className || undefined,
      });
      const token = await access.genaiToken(
        await ctx.getInitiatorCredentials(),
      );
      const plan = await access.genai
        .planInference(request, { token, signal: ctx.signal })
        .catch(requestError('The plan was not made'));

      ctx.logger.info(`${plan.verdict}: ${plan.summary}`);
      for (const { severity, message } of plan.reasons) {
        if (severity === 'Info') ctx.logger.info(message);
        else ctx.logger.warn(message);
      }
      const stop = refusal(plan, acceptUnknown ?? false);
      if (stop) throw new InputError(stop);

      ctx.output('plan', plan as unknown as JsonObject);
      ctx.output('verdict', plan.verdict);
      ctx.output('summary', plan.summary);
      ctx.output(
        'choice',
        planChoiceOf(plan, {
          mode: request.storageMode,
          className: request.storageClassName,
        }) as unknown as JsonObject,
      );
    },
  });
}
