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
  type EngineRegistry,
  type KubernetesObjectLike,
} from '@promptside/backstage-plugin-genai-node';
import { posix } from 'node:path';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import {
  composeInferenceSpec,
  type InferenceFormValues,
} from './composeInferenceSpec';
import { examples } from './inferenceRender.examples';
import { renderInput, renderOutput } from './inferenceRenderSchema';
import { logRendering } from './logRendering';
import { findSpecFile, readSpecFile } from './readSpecFile';
import { refuseTakenName } from './refuseTakenName';
import { withChecksums } from './withChecksums';
import { writeRendered } from './writeRendered';

const CATALOG_INFO = 'catalog-info.yaml';

/** `genai:inference:render`: the spec, its manifests and its catalog entities, as files and as objects. */
export function createInferenceRenderAction(services: {
  access: GenaiAccess;
  catalog: CatalogService;
  /** The adopter's table, laid over the pinned images. */
  images: EngineImages;
  /** Engines that modules added; absent: ours. */
  engines?: EngineRegistry;
}) {
  const { access, catalog, images, engines } = services;
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
        await refuseTakenName(
          catalog,
          'component',
          spec.metadata.name,
          credentials,
        );
        return spec;
      };
      const specFile =
        specPath &&
        (await findSpecFile(ctx.workspacePath, specPath, 'inference.yaml'));
      const spec = specFile
        ? parseInferenceSpec(
            await readSpecFile(ctx.workspacePath, specFile, form),
          )
        : await fromForm();
      const model = findModel(models, spec.spec.model.id);
      const files = renderInference(spec, model, { images, engines });
      if (!specFile) {
        // Afterwards the entities are the owner's to edit, so that a later rendering leaves them alone.
        files.push({
          path: CATALOG_INFO,
          content: renderInferenceEntities(spec, model, {
            techdocs,
            engines,
          }),
        });
      }
      const folder = targetPath ?? (specFile ? posix.dirname(specFile) : '.');
      const changes = await writeRendered(
        resolveSafeChildPath(ctx.workspacePath, folder),
        files,
      );
      const notices = inferenceNotices(spec, model, { images, engines });
      logRendering(ctx.logger, changes, specFile !== undefined, notices);

      const objects = buildInferenceObjects(spec, model, { images, engines });
      const delivery = buildDeliveryObjects(spec, model, { images, engines });
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
      ctx.output('endpoint', endpointOf(spec, engines));
      ctx.output('servedModel', servedModelOf(spec, engines));
      ctx.output('entityRef', `component:default/${spec.metadata.name}`);
    },
  });
}

function asJson(objects: readonly KubernetesObjectLike[]): JsonObject[] {
  return objects as unknown as JsonObject[];
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
