import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  buildInferenceObjects,
  endpointOf,
  findModel,
  inferenceNotices,
  parseInferenceSpec,
  renderInference,
  renderInferenceEntities,
  servedModelOf,
  type EngineImages,
} from '@promptside/backstage-plugin-genai-node';
import { readFile } from 'node:fs/promises';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import {
  composeInferenceSpec,
  type InferenceFormValues,
} from './composeInferenceSpec';
import type { FileChange } from './describeFileChange';
import { examples } from './inferenceRender.examples';
import { renderInput, renderOutput } from './inferenceRenderSchema';
import { writeRendered } from './writeRendered';

const CATALOG_INFO = 'catalog-info.yaml';

/** `genai:inference:render`: the spec, its manifests and its catalog entities, as files and as objects. */
export function createInferenceRenderAction(services: {
  access: GenaiAccess;
  catalog: CatalogService;
  /** The adopter's table, laid over the pinned images. */
  images: EngineImages;
}) {
  const { access, catalog, images } = services;
  return createTemplateAction({
    id: 'genai:inference:render',
    description:
      'Writes inference.yaml, Kustomize base and overlay and catalog-info.yaml of an inference service into the workspace; with specPath it renders an existing inference.yaml again and tells what changes',
    examples,
    supportsDryRun: true,
    schema: { input: renderInput, output: renderOutput },
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
        // Files of a single-file engine lie in repositories that no catalog lists; they say enough with a storage size.
        if (!model && !values.modelFile) {
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
      const model = findModel(models, spec.spec.model.id);
      const files = renderInference(spec, model, { images });
      if (!specPath) {
        // Afterwards the entities are the owner's to edit, so that a later rendering leaves them alone.
        files.push({
          path: CATALOG_INFO,
          content: renderInferenceEntities(spec, model, { techdocs }),
        });
      }
      const changes = await writeRendered(
        resolveSafeChildPath(ctx.workspacePath, targetPath),
        files,
      );
      for (const line of describe(changes, specPath !== undefined)) {
        ctx.logger.info(line);
      }
      const notices = inferenceNotices(spec, model, { images });
      for (const { severity, message } of notices) {
        if (severity === 'Info') ctx.logger.info(message);
        else ctx.logger.warn(message);
      }

      ctx.output(
        'manifests',
        buildInferenceObjects(spec, model, {
          images,
        }) as unknown as JsonObject[],
      );
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
      ctx.output('notices', notices);
      if (specPath) ctx.output('changes', changes);
      ctx.output('modelServer', {
        namespace: spec.spec.target.namespace,
        name: spec.metadata.name,
      });
      ctx.output('endpoint', endpointOf(spec));
      ctx.output('servedModel', servedModelOf(spec));
      ctx.output('entityRef', `component:default/${spec.metadata.name}`);
    },
  });
}

/** Lines for the task log. */
function describe(changes: readonly FileChange[], again: boolean): string[] {
  if (!again) {
    return changes
      .filter(({ change }) => change !== 'NotRendered')
      .map(({ path }) => `Wrote ${path}`);
  }
  const lines = changes.flatMap(({ path, change, diff = [] }) => {
    switch (change) {
      case 'Unchanged':
        return [];
      case 'NotRendered':
        return [`${path}: is not rendered any more; delete it`];
      default:
        return [`${path}: ${change.toLowerCase()}`, ...diff];
    }
  });
  return lines.length > 0 ? lines : ['Nothing changes'];
}

/** @throws InputError that names the first field without which there is no service. */
function requireFields(form: Record<string, unknown>): InferenceFormValues {
  for (const field of ['name', 'owner', 'model', 'namespace']) {
    if (typeof form[field] !== 'string' || form[field] === '') {
      throw new InputError(`${field}: is missing`);
    }
  }
  return form as unknown as InferenceFormValues;
}
