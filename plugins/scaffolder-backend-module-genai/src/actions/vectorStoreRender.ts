import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  buildVectorStoreObjects,
  parseVectorStoreSpec,
  renderVectorStore,
  renderVectorStoreEntity,
  vectorStoreEndpointOf,
  vectorStoreNotices,
} from '@promptside/backstage-plugin-genai-node';
import { posix } from 'node:path';
import {
  composeVectorStoreSpec,
  type VectorStoreFormValues,
} from './composeVectorStoreSpec';
import { removedOf } from './describeFileChange';
import { logRendering } from './logRendering';
import { findSpecFile, readSpecFile } from './readSpecFile';
import { refuseTakenName } from './refuseTakenName';
import { examples } from './vectorStoreRender.examples';
import { writeRendered } from './writeRendered';

/** `genai:vector-store:render`: the spec of a vector store, its manifests and its catalog entity, as files and as objects. */
export function createVectorStoreRenderAction(services: {
  catalog: CatalogService;
}) {
  const { catalog } = services;
  return createTemplateAction({
    id: 'genai:vector-store:render',
    description:
      'Writes vector-store.yaml, Kustomize base and overlay and catalog-info.yaml of a vector store (Chroma, pgvector on CloudNativePG, Milvus) into the workspace; with specPath it renders an existing vector-store.yaml again',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        specPath: z =>
          z
            .string()
            .optional()
            .describe(
              'Existing vector-store.yaml in the workspace, or its folder, to render again; all other inputs but targetPath are then refused',
            ),
        targetPath: z =>
          z.string().optional().describe('Folder in the workspace to write to'),
        form: z =>
          z
            .record(z.any())
            .optional()
            .describe(
              'All of these at once, as the parameters of a template; inputs beside it go first',
            ),
        name: z => z.string().optional().describe('2 to 52 characters'),
        description: z => z.string().optional(),
        owner: z => z.string().optional().describe('Full ref of a Group'),
        system: z => z.string().optional().describe('Full ref of a System'),
        engine: z =>
          z.string().optional().describe('chroma, pgvector or milvus'),
        target: z =>
          z
            .record(z.any())
            .optional()
            .describe('cluster and namespace, as GenaiTargetPicker gives them'),
        replicas: z =>
          z
            .number()
            .int()
            .optional()
            .describe('Default 3 for pgvector, else 1; Chroma has one only'),
        size: z => z.string().optional().describe('Default 20Gi'),
        storageClassName: z => z.string().optional(),
        walSize: z =>
          z.string().optional().describe('pgvector only; default 5Gi'),
        clients: z =>
          z
            .array(z.string())
            .optional()
            .describe('Other namespaces whose pods may connect'),
        backup: z =>
          z
            .record(z.any())
            .optional()
            .describe(
              'pgvector only: method None, plugin (with objectStore) or volumeSnapshot (volumeSnapshotClassName); schedule of six cron fields, default every night',
            ),
        poolerInstances: z =>
          z.number().int().optional().describe('pgvector only: PgBouncer'),
        techdocs: z => z.boolean().optional(),
      },
      output: {
        manifests: z =>
          z.array(z.any()).describe('The objects, for genai:manifests:apply'),
        files: z => z.array(z.string()).describe('Paths that were written'),
        changes: z =>
          z
            .array(z.any())
            .optional()
            .describe('What became of each file, where one is rendered again'),
        removed: z =>
          z
            .array(z.string())
            .describe('Rendered files that are no longer part of the store'),
        notices: z => z.array(z.any()).describe('What to know of the store'),
        endpoint: z => z.string(),
        entityRef: z => z.string(),
      },
    },
    async handler(ctx) {
      const { specPath, targetPath, form: whole, ...named } = ctx.input;
      const { techdocs, ...form }: Record<string, unknown> = {
        ...whole,
        ...present(named),
      };
      const fromForm = async () => {
        const spec = composeVectorStoreSpec(requireFields(form));
        await refuseTakenName(
          catalog,
          'resource',
          spec.metadata.name,
          await ctx.getInitiatorCredentials(),
        );
        return spec;
      };
      const specFile =
        specPath &&
        (await findSpecFile(ctx.workspacePath, specPath, 'vector-store.yaml'));
      const spec = specFile
        ? parseVectorStoreSpec(
            await readSpecFile(ctx.workspacePath, specFile, form),
          )
        : await fromForm();
      const files = renderVectorStore(spec);
      if (!specFile) {
        // Afterwards the entity is the owner's to edit, so that a later rendering leaves it alone.
        files.push({
          path: 'catalog-info.yaml',
          content: renderVectorStoreEntity(spec, {
            techdocs: techdocs === true,
          }),
        });
      }
      const folder = targetPath ?? (specFile ? posix.dirname(specFile) : '.');
      const changes = await writeRendered(
        resolveSafeChildPath(ctx.workspacePath, folder),
        files,
      );
      const notices = vectorStoreNotices(spec);
      logRendering(ctx.logger, changes, specFile !== undefined, notices);
      ctx.output(
        'manifests',
        buildVectorStoreObjects(spec) as unknown as JsonObject[],
      );
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
      if (specFile) ctx.output('changes', changes);
      ctx.output('removed', removedOf(changes, folder));
      ctx.output('notices', notices);
      ctx.output('endpoint', vectorStoreEndpointOf(spec));
      ctx.output('entityRef', `resource:default/${spec.metadata.name}`);
    },
  });
}

function present(values: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  );
}

/** @throws InputError that names the first field without which there is no store. */
function requireFields(form: Record<string, unknown>): VectorStoreFormValues {
  for (const field of ['name', 'owner', 'engine', 'target']) {
    if (form[field] === undefined || form[field] === '') {
      throw new InputError(`${field}: is missing`);
    }
  }
  return form as unknown as VectorStoreFormValues;
}
