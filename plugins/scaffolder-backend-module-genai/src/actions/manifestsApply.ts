import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { applyManifests, validateManifests } from '../services/applyManifests';
import { followStart, type FollowResult } from '../services/followStart';
import type { GenaiAccess } from '../services/GenaiAccess';
import { manifestsFrom, namespacesOf } from './manifestSource';
import { examples } from './manifestsApply.examples';

const DEFAULT_TIMEOUT_SECONDS = 900;

function tell(result: FollowResult, name: string): string {
  const { outcome, last, seconds } = result;
  const why = last?.message ?? last?.reason;
  switch (outcome) {
    case 'Ready':
      return `${name} is serving after ${seconds} s${
        last?.url ? ` at ${last.url}` : ''
      }`;
    case 'Failed':
      return `${name} does not start: ${
        why ?? 'the cluster gives no reason'
      }. The objects stay, so that the entity page can show the evidence`;
    case 'Unknown':
      return `${name} is applied; how its start goes cannot be read: ${result.message}`;
    default:
      return `${name} is not serving after ${seconds} s${
        why ? `: ${why}` : ''
      }. It goes on starting; the entity page shows how far it is`;
  }
}

/** `genai:manifests:apply`: server-side apply of all objects or none, then follow the model server or RAG service through its start. */
export function createManifestsApplyAction(
  access: GenaiAccess,
  options: { sleep?: (ms: number) => Promise<void> } = {},
) {
  return createTemplateAction({
    id: 'genai:manifests:apply',
    description:
      'Applies manifests to a cluster with server-side apply, refuses objects of others, and reports the start of the model server or RAG service stage by stage',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z =>
          z.string().describe('Cluster as the kubernetes configuration has it'),
        manifests: z =>
          z
            .array(z.any())
            .optional()
            .describe('Objects, e.g. the output of genai:inference:render'),
        path: z =>
          z
            .string()
            .optional()
            .describe(
              'YAML file or folder of plain manifests in the workspace',
            ),
        follow: z =>
          z
            .object({
              namespace: z.string(),
              name: z.string(),
              kind: z
                .enum(['ModelServer', 'RagService'])
                .optional()
                .describe('ModelServer unless said'),
            })
            .optional()
            .describe('Model server or RAG service to follow until it serves'),
        timeoutSeconds: z =>
          z
            .number()
            .int()
            .min(0)
            .max(3600)
            .optional()
            .describe(
              `How long to follow; ${DEFAULT_TIMEOUT_SECONDS} by default`,
            ),
      },
      output: {
        changes: z => z.array(z.any()),
        state: z =>
          z
            .enum(['Ready', 'Failed', 'TimedOut', 'Unknown'])
            .optional()
            .describe('How the start went; absent without follow'),
        message: z => z.string().optional(),
      },
    },
    async handler(ctx) {
      const { cluster, follow, timeoutSeconds } = ctx.input;
      const manifests = await manifestsFrom(ctx.input, ctx.workspacePath);
      const credentials = await ctx.getInitiatorCredentials();
      const writer = await access.openCluster({
        credentials,
        cluster,
        namespaces: namespacesOf(manifests),
        signal: ctx.signal,
      });
      if (ctx.isDryRun) {
        ctx.output(
          'changes',
          await validateManifests(writer, manifests, ctx.logger),
        );
        ctx.logger.info('Dry run: nothing was applied');
        return;
      }
      const changes = await applyManifests(writer, manifests, ctx.logger);
      ctx.output('changes', changes);
      if (!follow) return;

      const result = await followStart({
        kind: follow.kind ?? 'ModelServer',
        genai: access.genai,
        token: () => access.genaiToken(credentials),
        ref: { cluster, namespace: follow.namespace, name: follow.name },
        logger: ctx.logger,
        timeoutSeconds: timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
        signal: ctx.signal,
        sleep: options.sleep,
      });
      const message = tell(result, follow.name);
      // Not an error: the objects stand, and the steps after this one make the entity on which the person reads why.
      if (result.outcome === 'Ready') ctx.logger.info(message);
      // why it is unknown stands in the log already
      else if (result.outcome !== 'Unknown') ctx.logger.warn(message);
      ctx.output('state', result.outcome);
      ctx.output('message', message);
    },
  });
}
