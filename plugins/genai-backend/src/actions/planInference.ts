import {
  genaiInferencePlanPermission,
  inferencePlanRequestSchema,
} from '@promptside/backstage-plugin-genai-common';
import { authorize } from '../authorize';
import { createModelResolver } from '../live/createModelResolver';
import { createPlanner } from '../live/createPlanner';
import { parseInput } from '../router/parseInput';
import { READ_ONLY, type ActionContext } from './ActionContext';

/** `genai:plan-inference`, also an MCP tool. */
export function registerPlanInference(context: ActionContext): void {
  const { actionsRegistry, permissions } = context;
  const plan = createPlanner(context);
  const resolve = createModelResolver(context);
  actionsRegistry.register({
    name: 'plan-inference',
    title: 'Plan inference',
    description: `Tells whether a model fits the GPUs that are free now, and how: number of GPUs, tensor parallel size, memory for weights and KV cache, longest context, what the quota of the namespace leaves.
The verdict is Fits, Tight, DoesNotFit or Unknown, with reasons and alternatives. Nothing is reserved.`,
    attributes: READ_ONLY,
    visibilityPermission: genaiInferencePlanPermission,
    schema: {
      input: z =>
        z.object({
          model: z
            .string()
            .describe(
              'Hugging Face id, e.g. google/gemma-2-9b-it; models outside the catalog are looked up on the hub',
            ),
          engine: z
            .string()
            .optional()
            .describe('Inference engine, e.g. vllm (default), sglang, tgi'),
          engineVersion: z
            .string()
            .optional()
            .describe('Release of the engine; absent: the pinned one'),
          cluster: z.string().optional(),
          namespace: z.string().optional(),
          queue: z
            .string()
            .optional()
            .describe('LocalQueue of Kueue in that namespace'),
          vendor: z.enum(['nvidia', 'amd', 'intel']).optional(),
          product: z.string().optional().describe('Product label of the GPU'),
          gpuCount: z
            .number()
            .int()
            .optional()
            .describe('GPUs a replica; absent: the smallest that fits'),
          tensorParallelSize: z
            .number()
            .int()
            .optional()
            .describe('GPUs that share each layer; absent: all of a replica'),
          contextLength: z.number().int().optional().describe('tokens'),
          concurrency: z
            .number()
            .int()
            .optional()
            .describe('Sequences at full context at the same time'),
          replicas: z.number().int().optional(),
          storageMode: z
            .enum(['PerReplica', 'Shared'])
            .optional()
            .describe('How weights are kept; checks the storage classes'),
          storageClassName: z.string().optional(),
          quantization: z.string().optional(),
        }),
      output: z =>
        z.object({
          verdict: z.string(),
          summary: z.string(),
          plan: z.record(z.unknown()).describe('The whole plan'),
        }),
    },
    async action({ input, credentials }) {
      await authorize(permissions, genaiInferencePlanPermission, credentials);
      const request = parseInput(inferencePlanRequestSchema, input, 'Input');
      const answer = plan(request, await resolve(request.model, credentials));
      const { verdict, summary } = answer;
      return { output: { verdict, summary, plan: { ...answer } } };
    },
  });
}
