import { InputError } from '@backstage/errors';
import {
  ragSpecSchema,
  type Model,
  type RagSpec,
  type RagStoreKind,
} from '@promptside/backstage-plugin-genai-common';
import {
  DEFAULT_HISTORY_INSTANCES,
  defaultStoreReplicas,
  modelCacheBytes,
} from '@promptside/backstage-plugin-genai-node';
import { composeDelivery } from './composeDelivery';
import { composeRagLlm } from './composeRagLlm';
import { parseInput } from './parseInput';
import { readPlanChoice } from './planChoice';
import {
  given,
  secretOf,
  type RagFormValues,
  type RagModels,
} from './ragFormValues';

const GIB = 2 ** 30;

/**
 * Puts form values and the hardware that a plan chose into the spec that is kept in the repository.
 *
 * @throws InputError that names each wrong field, and says how to get what is missing
 */
export function composeRagSpec(
  values: RagFormValues,
  models: RagModels,
): RagSpec {
  const { monitoringLabels } = values;
  const retrieval = given(values.retrieval ?? {});
  return parseInput(ragSpecSchema, {
    apiVersion: 'promptside.io/v1',
    kind: 'RagService',
    metadata: given({
      name: values.name,
      description: values.description,
      owner: values.owner,
      system: values.system,
    }),
    spec: given({
      framework: values.framework,
      image: values.image || imageOf(values),
      imagePullSecret: values.imagePullSecret,
      target: given({ ...values.target }),
      replicas: values.replicas ?? 2,
      store: storeOf(values),
      embedding: embeddingOf(values, models.embedding),
      llm: given(composeRagLlm(values, models.llm)),
      history: historyOf(values),
      ingest: given({ sources: values.sources, schedule: values.schedule }),
      retrieval: Object.keys(retrieval).length > 0 ? retrieval : undefined,
      apiKeySecret: secretOf(values.apiKeySecret, 'api-key'),
      clients: values.clients,
      monitoring: monitoringLabels && { labels: monitoringLabels },
      ...composeDelivery({
        delivery: values.delivery,
        repoUrl: values.gitUrl,
        targetPath: values.targetPath,
      }),
    }),
  });
}

function storeOf({ name, store }: RagFormValues): object {
  const { create, kind } = store;
  if (kind === 'pgvector' && !create && !store.secret) {
    throw new InputError(
      'store.secret: is missing; give the name of the Secret with the connection string of PostgreSQL, such as the one that CloudNativePG writes: "vectors-app"',
    );
  }
  return given({
    kind,
    collection: store.collection || collectionOf(name),
    entityRef: store.entityRef,
    namespace: store.namespace,
    tokenSecret: secretOf(store.tokenSecret, 'token'),
    ...(create
      ? {
          create: given({
            replicas:
              store.replicas ?? defaultStoreReplicas(kind as RagStoreKind),
            size: store.size || '20Gi',
            storageClassName: store.storageClassName,
          }),
        }
      : {
          // The address of PostgreSQL holds a password; what a form says of it is never written.
          ...(kind === 'pgvector'
            ? { urlSecret: secretOf(store.secret, 'uri') }
            : { url: store.url }),
        }),
  });
}

function embeddingOf(
  { embedding, embeddingChoice, target }: RagFormValues,
  model: Model | undefined,
): object {
  const { create, secret, tokenSecret, size, storageClassName, ...plain } =
    embedding;
  return given({
    ...plain,
    api: plain.api || 'tei',
    url: create ? undefined : plain.url,
    apiKeySecret: secretOf(secret, 'api-key'),
    create: create ? serverOf() : undefined,
  });

  function serverOf(): object {
    const choice = readPlanChoice(
      embeddingChoice,
      {
        model: model?.id ?? plain.model,
        engine: 'tei',
        ...(target?.cluster ? { cluster: target.cluster } : {}),
      },
      'embeddingChoice: give the output "embeddingChoice" of a step genai:rag:plan',
    );
    if (model?.gated && !tokenSecret) {
      throw new InputError(
        `embedding.tokenSecret: ${model.id} is gated. Accept its licence at https://huggingface.co/${model.id}, create a Secret with the key HF_TOKEN, and give the Secret's name`,
      );
    }
    const { vendor, resource, product } = choice;
    const [variant] = model?.variants ?? [];
    return given({
      revision: variant?.repository ? variant.revision : model?.revision,
      accelerator: given({ vendor, resource, product }),
      size:
        size ||
        (variant
          ? `${Math.ceil(modelCacheBytes(variant.weightsBytes) / GIB)}Gi`
          : undefined),
      storageClassName,
      tokenSecret: secretOf(tokenSecret, 'HF_TOKEN'),
    });
  }
}

function historyOf({ history }: RagFormValues): object | undefined {
  if (!history?.mode || history.mode === 'None') return undefined;
  return given({
    urlSecret:
      history.mode === 'Existing' ? secretOf(history.secret, 'uri') : undefined,
    create:
      history.mode === 'Create'
        ? given({
            instances: history.instances ?? DEFAULT_HISTORY_INSTANCES,
            size: history.size || '5Gi',
            storageClassName: history.storageClassName,
          })
        : undefined,
    retentionDays: history.retentionDays,
    messages: history.messages,
  });
}

/** Name of a collection that every store takes, from that of the service. */
function collectionOf(name: string): string {
  const plain = name.replaceAll('-', '_');
  return plain.length < 3 ? `${plain}_docs` : plain;
}

/** Where the pipeline of the repository's host keeps images. */
function imageOf({ repoUrl }: RagFormValues): string | undefined {
  if (!repoUrl) return undefined;
  const [host, query = ''] = repoUrl.split('?');
  const parameters = new URLSearchParams(query);
  const owner = parameters.get('owner');
  const repo = parameters.get('repo');
  if (!owner || !repo) return undefined;
  const registries: Readonly<Record<string, string>> = {
    'github.com': 'ghcr.io',
    'gitlab.com': 'registry.gitlab.com',
  };
  const registry = registries[host] ?? host;
  return `${registry}/${owner}/${repo}:0.1.0`.toLowerCase();
}
