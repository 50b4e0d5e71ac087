import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { RagSpec } from '@promptside/backstage-plugin-genai-common';
import {
  buildRagDelivery,
  buildRagObjects,
  embeddingEndpointOf,
  findModel,
  inferenceNotices,
  llmEndpointOf,
  llmModelOf,
  llmServerSpec,
  parseRagSpec,
  ragEndpointOf,
  ragLimits,
  renderRag,
  renderRagEntities,
  storeAddressOf,
  type EngineImages,
  type KubernetesObjectLike,
} from '@promptside/backstage-plugin-genai-node';
import { posix } from 'node:path';
import type { GenaiAccess } from '../services/GenaiAccess';
import { requestError } from '../services/requestError';
import { composeRagSpec } from './composeRagSpec';
import { logRendering } from './logRendering';
import { examples } from './ragRender.examples';
import type { RagFormValues } from './ragFormValues';
import { renderInput, renderOutput } from './ragRenderSchema';
import { findSpecFile, readSpecFile } from './readSpecFile';
import { removedOf } from './describeFileChange';
import { refuseTakenName } from './refuseTakenName';
import { withChecksums } from './withChecksums';
import { writeRendered } from './writeRendered';

/** `genai:rag:render`: the spec of a RAG service, its manifests and its catalog entities, as files and as objects. */
export function createRagRenderAction(services: {
  access: GenaiAccess;
  catalog: CatalogService;
  /** The adopter's table, laid over the pinned images. */
  images: EngineImages;
}) {
  const { access, catalog, images } = services;
  return createTemplateAction({
    id: 'genai:rag:render',
    description:
      'Writes rag.yaml, Kustomize base and overlay, what Flux or Argo CD need, and catalog-info.yaml of a RAG service into the workspace; with specPath it renders an existing rag.yaml again',
    examples,
    supportsDryRun: true,
    schema: { input: renderInput, output: renderOutput },
    async handler(ctx) {
      const { specPath, targetPath, form, ...parts } = ctx.input;
      const wanted: Record<string, unknown> = { ...form, ...parts };
      const techdocs = wanted.techdocs === true;
      const credentials = await ctx.getInitiatorCredentials();
      const token = await access.genaiToken(credentials);
      const { items: models } = await access.genai
        .getModels({ token, signal: ctx.signal })
        .catch(requestError('The models cannot be read'));

      const fromForm = async () => {
        const values = requireFields(wanted);
        const composed = composeRagSpec(
          { ...values, targetPath },
          {
            embedding: findModel(models, values.embedding.model),
            llm: findModel(models, values.llm.model),
          },
        );
        const spec = await withLlmChecksums(composed, {
          genai: access.genai,
          token,
          signal: ctx.signal,
          logger: ctx.logger,
        });
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
        (await findSpecFile(ctx.workspacePath, specPath, 'rag.yaml'));
      const spec = specFile
        ? parseRagSpec(await readSpecFile(ctx.workspacePath, specFile, wanted))
        : await fromForm();
      const model = findModel(models, spec.spec.embedding.model);
      const llmModel = findModel(models, spec.spec.llm.model);
      const files = renderRag(spec, model, { images, llmModel });
      if (!specFile) {
        // Afterwards the entities are the owner's to edit, so that a later rendering leaves them alone.
        files.push({
          path: 'catalog-info.yaml',
          content: renderRagEntities(spec, model, { techdocs, llmModel }),
        });
      }
      const folder = targetPath ?? (specFile ? posix.dirname(specFile) : '.');
      const changes = await writeRendered(
        resolveSafeChildPath(ctx.workspacePath, folder),
        files,
      );
      const llmServer = llmServerSpec(spec);
      const notices = [
        ...ragLimits(spec.spec, model),
        ...(llmServer ? inferenceNotices(llmServer, llmModel, { images }) : []),
      ];
      logRendering(ctx.logger, changes, specFile !== undefined, notices);
      const objects = buildRagObjects(spec, model, { images, llmModel });
      const delivery = buildRagDelivery(spec);
      const toApply = delivery.length > 0 ? delivery : objects;
      ctx.output('manifests', asJson([...objects, ...delivery]));
      ctx.output('toApply', asJson(toApply));
      if (specFile) ctx.output('changes', changes);
      ctx.output('removed', removedOf(changes, folder));
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
      ctx.output('notices', notices);
      ctx.output('service', serviceOf(spec, techdocs));
      ctx.output('endpoint', ragEndpointOf(spec));
      ctx.output('entityRef', `component:default/${spec.metadata.name}`);
    },
  });
}

/** The weights of a language model that is made, with what the hub says of their files where a Job downloads them. */
async function withLlmChecksums(
  spec: RagSpec,
  options: Parameters<typeof withChecksums>[1],
): Promise<RagSpec> {
  const server = llmServerSpec(spec);
  const { llm } = spec.spec;
  if (!server || !llm.create) return spec;
  const { model } = (await withChecksums(server, options)).spec;
  const create = { ...llm.create, model };
  return { ...spec, spec: { ...spec.spec, llm: { ...llm, create } } };
}

function asJson(objects: readonly KubernetesObjectLike[]): JsonObject[] {
  return objects as unknown as JsonObject[];
}

/** The service as its skeleton knows it: every address found, no secret. */
function serviceOf({ metadata, spec }: RagSpec, techdocs: boolean): JsonObject {
  const { store, embedding, llm, ingest, framework, target } = spec;
  const whole = { metadata, spec } as RagSpec;
  return {
    name: metadata.name,
    description: metadata.description ?? '',
    owner: metadata.owner,
    framework,
    techdocs,
    sources: ingest.sources,
    namespace: target.namespace,
    store: {
      kind: store.kind,
      collection: store.collection,
      url: storeAddressOf(whole) ?? '',
    },
    embedding: {
      url: embeddingEndpointOf(whole),
      api: embedding.api,
      model: embedding.model,
      dimension: embedding.dimension,
      maxTokens: embedding.maxTokens,
    },
    llm: {
      url: llmEndpointOf(whole),
      model: llmModelOf(whole),
      contextTokens: llm.contextTokens,
    },
  };
}

/** @throws InputError that names the first field without which there is no service. */
function requireFields(form: Record<string, unknown>): RagFormValues {
  const fields = ['name', 'owner', 'framework', 'store', 'embedding', 'llm'];
  for (const field of fields) {
    if (form[field] === undefined || form[field] === '') {
      throw new InputError(`${field}: is missing`);
    }
  }
  return form as unknown as RagFormValues;
}
