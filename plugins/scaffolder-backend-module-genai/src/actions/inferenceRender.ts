import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  buildInferenceObjects,
  findModel,
  parseInferenceSpec,
  renderInference,
  renderInferenceEntities,
} from '@promptside/backstage-plugin-genai-node';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import {
  composeInferenceSpec,
  type InferenceFormValues,
} from './composeInferenceSpec';
import { examples } from './inferenceRender.examples';

const CATALOG_INFO = 'catalog-info.yaml';

/** A variant may live in a repository of its own; the catalog knows it under the original's id. */
function modelOfSpec(models: readonly Model[], { spec }: InferenceSpec) {
  return (
    findModel(models, spec.model.id) ??
    models.find(({ variants }) =>
      variants.some(({ repository }) => repository === spec.model.id),
    )
  );
}

/** `genai:inference:render`: the spec, its manifests and its catalog entities, as files and as objects. */
export function createInferenceRenderAction(
  access: GenaiAccess,
  catalog: CatalogService,
) {
  return createTemplateAction({
    id: 'genai:inference:render',
    description:
      'Writes inference.yaml, Kustomize base and overlay and catalog-info.yaml of an inference service into the workspace; with specPath it renders an existing inference.yaml again',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        specPath: z =>
          z
            .string()
            .optional()
            .describe(
              'Existing inference.yaml in the workspace to render again; all other inputs but targetPath are then refused',
            ),
        targetPath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder in the workspace to write to; its root by default',
            ),
        name: z => z.string().optional(),
        description: z => z.string().optional(),
        owner: z => z.string().optional().describe('Full ref of a Group'),
        system: z => z.string().optional().describe('Full ref of a System'),
        model: z => z.string().optional().describe('Hugging Face id'),
        modelRevision: z =>
          z.string().optional().describe('40-digit commit of the model'),
        choice: z =>
          z
            .any()
            .optional()
            .describe('Output "choice" of genai:inference:plan'),
        cluster: z =>
          z
            .string()
            .optional()
            .describe('Cluster to run on; the one of the choice by default'),
        namespace: z => z.string().optional(),
        replicas: z => z.number().int().optional(),
        tokenSecret: z =>
          z
            .string()
            .optional()
            .describe(
              'Name of the Secret with the key HF_TOKEN, for gated models; it is never read',
            ),
        storageSize: z =>
          z
            .string()
            .optional()
            .describe('Size of the model cache; by default from the weights'),
        storageClassName: z => z.string().optional(),
        clients: z =>
          z
            .array(z.string())
            .optional()
            .describe('Other namespaces whose pods may call the endpoint'),
        monitoringLabels: z =>
          z
            .record(z.string())
            .optional()
            .describe('Labels by which Prometheus selects ServiceMonitors'),
        techdocs: z =>
          z
            .boolean()
            .optional()
            .describe('Link the docs folder for TechDocs; false by default'),
      },
      output: {
        manifests: z =>
          z
            .array(z.any())
            .describe('The objects, for genai:manifests:validate and apply'),
        files: z => z.array(z.string()).describe('Files that were written'),
        modelServer: z =>
          z
            .object({ namespace: z.string(), name: z.string() })
            .describe('Where it will run, for genai:manifests:apply to follow'),
        entityRef: z => z.string().describe('Entity of the service'),
      },
    },
    async handler(ctx) {
      const { specPath, targetPath = '.', techdocs, ...form } = ctx.input;
      const credentials = await ctx.getInitiatorCredentials();
      const token = await access.genaiToken(credentials);
      const { items: models } = await access.genai
        .getModels({ token, signal: ctx.signal })
        .catch(requestError('The models cannot be read'));

      const fromForm = async () => {
        const values = requireFields(form);
        const model = findModel(models, values.model);
        if (!model) {
          throw new NotFoundError(
            `model: "${values.model}" is not in the model catalog`,
          );
        }
        const spec = composeInferenceSpec(values, model);
        const entity = await catalog.getEntityByRef(
          `component:default/${spec.metadata.name}`,
          { credentials },
        );
        if (entity) {
          throw new InputError(
            `name: the catalog has a component "${spec.metadata.name}" already; choose another name`,
          );
        }
        return spec;
      };
      const fromFile = async (path: string) => {
        const given = Object.entries(form).filter(([, v]) => v !== undefined);
        if (given.length > 0) {
          throw new InputError(
            `${given[0][0]}: edit it in ${path}; specPath goes without other values`,
          );
        }
        const text = await readFile(
          resolveSafeChildPath(ctx.workspacePath, path),
          'utf8',
        ).catch(() => {
          throw new InputError(
            `specPath: "${path}" does not exist in the workspace`,
          );
        });
        return parseInferenceSpec(text);
      };

      const spec = specPath ? await fromFile(specPath) : await fromForm();
      const model = modelOfSpec(models, spec);
      const files = renderInference(spec, model);
      if (!specPath) {
        // Afterwards the entities are the owner's to edit, so that a later rendering leaves them alone.
        files.push({
          path: CATALOG_INFO,
          content: renderInferenceEntities(spec, model, { techdocs }),
        });
      }
      for (const { path, content } of files) {
        const file = resolveSafeChildPath(
          resolveSafeChildPath(ctx.workspacePath, targetPath),
          path,
        );
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
        ctx.logger.info(`Wrote ${path}`);
      }
      ctx.output(
        'manifests',
        buildInferenceObjects(spec, model) as unknown as JsonObject[],
      );
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
      ctx.output('modelServer', {
        namespace: spec.spec.target.namespace,
        name: spec.metadata.name,
      });
      ctx.output('entityRef', `component:default/${spec.metadata.name}`);
    },
  });
}

/** @throws InputError that names the first field without which there is no service. */
function requireFields(
  form: Record<string, unknown>,
): InferenceFormValues & { model: string } {
  for (const field of ['name', 'owner', 'model', 'namespace']) {
    if (typeof form[field] !== 'string' || form[field] === '') {
      throw new InputError(`${field}: is missing`);
    }
  }
  return form as unknown as InferenceFormValues & { model: string };
}
