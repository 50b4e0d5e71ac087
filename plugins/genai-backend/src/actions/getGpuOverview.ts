import {
  genaiGpuReadPermission,
  gpuOverviewQuerySchema,
} from '@promptside/backstage-plugin-genai-common';
import { deriveGpuOverview } from '@promptside/backstage-plugin-genai-node';
import { authorize } from '../authorize';
import { parseInput } from '../router/parseInput';
import { READ_ONLY, type ActionContext } from './ActionContext';

/** `genai:get-gpu-overview`, also an MCP tool. */
export function registerGetGpuOverview(context: ActionContext): void {
  const { actionsRegistry, live, permissions } = context;
  actionsRegistry.register({
    name: 'get-gpu-overview',
    title: 'Get GPU overview',
    description: `Counts the GPUs of the Kubernetes clusters by cluster, vendor, product and sharing: capacity, allocatable, allocated, free and unhealthy devices, and the largest number free on one node.
Also tells which team holds how many, and which pods wait for GPUs. \`clusters\` says how fresh the numbers of each cluster are; a cluster that is not Live may lack some.`,
    attributes: READ_ONLY,
    visibilityPermission: genaiGpuReadPermission,
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional().describe('Only this cluster'),
          vendor: z.enum(['nvidia', 'amd', 'intel']).optional(),
          product: z
            .string()
            .optional()
            .describe('Product label, e.g. NVIDIA-H100-80GB-HBM3'),
          owner: z
            .string()
            .optional()
            .describe('Who holds: full entity ref of a Group'),
        }),
      output: z =>
        z.object({
          groups: z.array(z.record(z.unknown())),
          owners: z.array(z.record(z.unknown())),
          pending: z.array(z.record(z.unknown())),
          clusters: z.array(z.record(z.unknown())),
        }),
    },
    async action({ input, credentials }) {
      await authorize(permissions, genaiGpuReadPermission, credentials);
      const query = parseInput(gpuOverviewQuerySchema, input, 'Input');
      const { states, clusters } = live.view(query.cluster);
      return { output: { ...deriveGpuOverview(states, query), clusters } };
    },
  });
}
