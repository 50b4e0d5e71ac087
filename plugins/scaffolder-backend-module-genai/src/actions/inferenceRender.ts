import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  buildDeliveryObjects,
  buildInferenceObjects,
  endpointOf,
  findModel,
  inferenceNotices,
  parseInferenceSpec,
  renderInference,
  renderInferenceEntities,
  servedModelOf,
  type EngineImages,
  type KubernetesObjectLike,
} from '@promptside/backstage-plugin-genai-node';
import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import {
  composeInferenceSpec,
  type InferenceFormValues,
} from './composeInferenceSpec';
import { summariseChanges, type FileChange } from './describeFileChange';
import { examples } from './inferenceRender.examples';
import { renderInput, renderOutput } from './inferenceRenderSchema';
import { withChecksums } from './withChecksums';
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
      'Writes inference.yaml, Kustomize base and overlay or a Helm chart, what Flux or Argo CD need, and catalog-info.yaml of an inference service into the workspace; with specPath it renders an existing inference.yaml again and tells what changes',
    examples,
    supportsDryRun: true,
    schema: { input: renderInput, output: renderOutput },
    async handler(ctx) {
      const { specPath, targetPath, techdocs, ...form } = ctx.input;
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
        const spec = await withChecksums(
          composeInferenceSpec({ ...values, targetPath }, model),
          {
            genai: access.genai,
            token,
            signal: ctx.signal,
            logger: ctx.logger,
          },
        );
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
        return parseInferenceSpec(
          await readFile(
            resolveSafeChildPath(ctx.workspacePath, path),
            'utf8',
          ).catch(() => {
            throw new InputError(
              `specPath: "${path}" does not exist in the workspace`,
            );
          }),
        );
      };

      const specFile =
        specPath && (await inferenceFile(ctx.workspacePath, specPath));
      const spec = specFile ? await fromFile(specFile) : await fromForm();
      const model = findModel(models, spec.spec.model.id);
      const files = renderInference(spec, model, { images });
      if (!specFile) {
        // Afterwards the entities are the owner's to edit, so that a later rendering leaves them alone.
        files.push({
          path: CATALOG_INFO,
          content: renderInferenceEntities(spec, model, { techdocs }),
        });
      }
      const folder = targetPath ?? (specFile ? posix.dirname(specFile) : '.');
      const changes = await writeRendered(
        resolveSafeChildPath(ctx.workspacePath, folder),
        files,
      );
      for (const line of describe(changes, specFile !== undefined)) {
        ctx.logger.info(line);
      }
      const notices = inferenceNotices(spec, model, { images });
      for (const { severity, message } of notices) {
        if (severity === 'Info') ctx.logger.info(message);
        else ctx.logger.warn(message);
      }

      const objects = buildInferenceObjects(spec, model, { images });
      const delivery = buildDeliveryObjects(spec, model, { images });
      ctx.output('manifests', asJson([...objects, ...delivery]));
      ctx.output('toApply', asJson(delivery.length > 0 ? delivery : objects));
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
      ctx.output('notices', notices);
      if (specFile) ctx.output('changes', changes);
      ctx.output(
        'removed',
        changes
          .filter(({ change }) => change === 'Removed')
          .map(({ path }) => posix.join(folder, path)),
      );
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

/** Path of the spec in the workspace: the one that is given, or that of the file in the folder that is given. */
async function inferenceFile(
  workspacePath: string,
  path: string,
): Promise<string> {
  const info = await stat(resolveSafeChildPath(workspacePath, path)).catch(
    () => undefined,
  );
  return info?.isDirectory() ? posix.join(path, 'inference.yaml') : path;
}

function asJson(objects: readonly KubernetesObjectLike[]): JsonObject[] {
  return objects as unknown as JsonObject[];
}

/** Lines for the task log. */
function describe(changes: readonly FileChange[], again: boolean): string[] {
  if (!again) {
    return changes.flatMap(({ path, change }) => {
      switch (change) {
        case 'NotRendered':
          return [];
        case 'Removed':
          return [`Removed ${path}`];
        default:
          return [`Wrote ${path}`];
      }
    });
  }
  const lines = changes.flatMap(({ path, change, diff = [] }) => {
    switch (change) {
      case 'Unchanged':
        return [];
      case 'NotRendered':
        return [
          `${path}: is not rendered any more; delete it if nobody uses it`,
        ];
      default:
        return [`${path}: ${change.toLowerCase()}`, ...diff];
    }
  });
  return [summariseChanges(changes), ...lines];
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
