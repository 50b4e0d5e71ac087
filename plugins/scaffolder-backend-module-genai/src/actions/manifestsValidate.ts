import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { validateManifests } from '../services/applyManifests';
import type { GenaiAccess } from '../services/GenaiAccess';
import { manifestsFrom, namespacesOf } from './manifestSource';
import { examples } from './manifestsValidate.examples';

/** `genai:manifests:validate`: would the target cluster take these objects? Nothing is changed. */
export function createManifestsValidateAction(access: GenaiAccess) {
  return createTemplateAction({
    id: 'genai:manifests:validate',
    description:
      'Asks the target cluster with a strict server-side dry run whether it would take the manifests: schema, quota, admission, names already taken',
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
      },
      output: {
        changes: z =>
          z
            .array(z.any())
            .describe(
              'Per object: kind, namespace, name, change (Created, Configured, Unchanged, Skipped)',
            ),
      },
    },
    async handler(ctx) {
      const manifests = await manifestsFrom(ctx.input, ctx.workspacePath);
      const writer = await access.openCluster({
        credentials: await ctx.getInitiatorCredentials(),
        cluster: ctx.input.cluster,
        namespaces: namespacesOf(manifests),
        signal: ctx.signal,
      });
      const changes = await validateManifests(writer, manifests, ctx.logger);
      const all = changes.length;
      const out = changes.filter(({ change }) => change === 'Skipped').length;
      ctx.logger.info(
        out === 0
          ? `Cluster "${writer.cluster}" accepts all ${all} objects`
          : `Cluster "${writer.cluster}" accepts ${all - out} of ${all} objects; ${out} left out`,
      );
      ctx.output('changes', changes);
    },
  });
}
