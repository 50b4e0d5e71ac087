import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { inApplyOrder } from '../kubernetes/applyOrder';
import { describeManifest } from '../kubernetes/KubeManifest';
import { KindNotInstalledError } from '../kubernetes/KubeWriter';
import { assertOurs } from '../kubernetes/ownership';
import type { GenaiAccess } from '../services/GenaiAccess';
import { manifestsFrom, namespacesOf } from './manifestSource';
import { examples } from './manifestsDelete.examples';

/** `genai:manifests:delete`: removes what a golden path applied, and nothing of others. */
export function createManifestsDeleteAction(access: GenaiAccess) {
  return createTemplateAction({
    id: 'genai:manifests:delete',
    description:
      'Deletes the objects of manifests from a cluster, last applied first; refuses objects of others; what is gone already is no error',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z =>
          z.string().describe('Cluster as the kubernetes configuration has it'),
        manifests: z => z.array(z.any()).optional(),
        path: z =>
          z
            .string()
            .optional()
            .describe(
              'YAML file or folder of plain manifests in the workspace',
            ),
        keepStorage: z =>
          z
            .boolean()
            .optional()
            .describe('Leave PersistentVolumeClaims; true by default'),
      },
      output: {
        deleted: z => z.array(z.string()).describe('Objects that were deleted'),
      },
    },
    async handler(ctx) {
      const keepStorage = ctx.input.keepStorage ?? true;
      const manifests = await manifestsFrom(ctx.input, ctx.workspacePath);
      const writer = await access.openCluster({
        credentials: await ctx.getInitiatorCredentials(),
        cluster: ctx.input.cluster,
        namespaces: namespacesOf(manifests),
        signal: ctx.signal,
      });

      const targets = [];
      for (const manifest of inApplyOrder(manifests).reverse()) {
        if (keepStorage && manifest.kind === 'PersistentVolumeClaim') {
          ctx.logger.info(`${describeManifest(manifest)}: kept`);
          continue;
        }
        try {
          const live = await writer.get(manifest);
          // All are looked at before the first is deleted: a refusal must leave everything as it was.
          assertOurs(live, manifest);
          if (live) targets.push(manifest);
        } catch (error) {
          if (!(error instanceof KindNotInstalledError)) throw error;
        }
      }

      const deleted: string[] = [];
      for (const manifest of targets) {
        const what = describeManifest(manifest);
        if (ctx.isDryRun) ctx.logger.info(`${what}: would be deleted`);
        else if (await writer.remove(manifest)) {
          ctx.logger.info(`${what}: deleted`);
          deleted.push(what);
        }
      }
      ctx.output('deleted', deleted);
    },
  });
}
