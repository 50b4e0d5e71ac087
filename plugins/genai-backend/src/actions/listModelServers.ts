import {
  genaiModelServerReadPermission,
  modelServersQuerySchema,
} from '@promptside/backstage-plugin-genai-common';
import { deriveModelServers } from '@promptside/backstage-plugin-genai-node';
import { authorize } from '../authorize';
import { parseInput } from '../router/parseInput';
import { READ_ONLY, type ActionContext } from './ActionContext';

/** `genai:list-model-servers`, also an MCP tool. */
export function registerListModelServers(context: ActionContext): void {
  const { actionsRegistry, live, permissions } = context;
  actionsRegistry.register({
    name: 'list-model-servers',
    title: 'List model servers',
    description: `Lists what serves AI models on the Kubernetes clusters, whichever way it was deployed: model, serving runtime, state with its reason and evidence, endpoint inside the cluster, GPUs, owner and catalog entity.
Use \`state: Failed\` to find what is broken; \`message\` says why in one sentence.`,
    attributes: READ_ONLY,
    visibilityPermission: genaiModelServerReadPermission,
    schema: {
      input: z =>
        z.object({
          cluster: z.string().optional().describe('Only this cluster'),
          namespace: z.string().optional(),
          state: z
            .enum([
              'Ready',
              'Degraded',
              'Starting',
              'Failed',
              'Stopped',
              'Unknown',
            ])
            .optional(),
          owner: z.string().optional().describe('Full entity ref of a Group'),
          entityRef: z
            .string()
            .optional()
            .describe('Full ref of the catalog entity it belongs to'),
          limit: z.number().int().min(1).max(500).optional(),
          cursor: z
            .string()
            .optional()
            .describe('`nextCursor` of the page before'),
        }),
      output: z =>
        z.object({
          items: z.array(z.record(z.unknown())),
          totalCount: z.number(),
          nextCursor: z.string().optional(),
          clusters: z.array(z.record(z.unknown())),
        }),
    },
    async action({ input, credentials }) {
      await authorize(permissions, genaiModelServerReadPermission, credentials);
      const query = parseInput(modelServersQuerySchema, input, 'Input');
      const { states, clusters } = live.view(query.cluster);
      return { output: { ...deriveModelServers(states, query), clusters } };
    },
  });
}
