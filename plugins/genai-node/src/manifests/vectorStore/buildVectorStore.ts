import {
  ANNOTATIONS,
  ENTITY_TYPES,
  KUBERNETES_ANNOTATIONS,
  type MadeStoreEngine,
  type VectorStoreSpec,
} from '@promptside/backstage-plugin-genai-common';
import { CHROMA_CHART } from '../../vectorStores/chroma/chart';
import {
  chromaManifest,
  chromaValues,
} from '../../vectorStores/chroma/manifest';
import { milvusManifest } from '../../vectorStores/milvus/manifest';
import { pgvectorManifest } from '../../vectorStores/pgvector/manifest';
import type {
  KubernetesObjectLike,
  RenderedFile,
} from '../KubernetesObjectLike';
import { overlayPath } from '../overlayPath';
import { RENDERED_STORE } from '../rendered';
import { toYaml } from '../toYaml';
import {
  checkedVectorStoreSpec,
  stringifyVectorStoreSpec,
} from './vectorStoreSpecText';

const MANIFESTS: Readonly<
  Record<MadeStoreEngine, (spec: VectorStoreSpec) => KubernetesObjectLike[]>
> = {
  chroma: chromaManifest,
  pgvector: pgvectorManifest,
  milvus: milvusManifest,
};

/** What a person should know before the store holds data. @public */
export interface StoreNotice {
  severity: 'Info' | 'Warning';
  message: string;
}

/**
 * Every object of a store, in the order in which they are best applied.
 *
 * @throws InputError that names every wrong field
 * @public
 */
export function buildVectorStoreObjects(
  spec: VectorStoreSpec,
): KubernetesObjectLike[] {
  const checked = checkedVectorStoreSpec(spec);
  return MANIFESTS[checked.spec.engine](checked);
}

/** What to know of a store that the golden path makes. @public */
export function vectorStoreNotices(spec: VectorStoreSpec): StoreNotice[] {
  const { engine, replicas, backup } = spec.spec;
  const notices: StoreNotice[] = [];
  if (replicas === 1) {
    notices.push({
      severity: engine === 'chroma' ? 'Info' : 'Warning',
      message: 'One instance: the store is away while its node is',
    });
  }
  if (engine === 'chroma') {
    notices.push({
      severity: 'Info',
      message:
        'Chroma has no login: whoever the NetworkPolicy lets in may read and write everything. Its backup is a snapshot of the volume while the pod is scaled to 0',
    });
  }
  if (engine === 'milvus') {
    notices.push({
      severity: 'Warning',
      message:
        'Milvus asks nobody for a password: turn on common.security.authorizationEnabled and change that of root before others than its clients can reach it',
    });
  }
  if (engine === 'pgvector' && !backup) {
    notices.push({
      severity: 'Warning',
      message: 'No backup is scheduled: what is lost has to be ingested again',
    });
  }
  return notices;
}

/**
 * The files of a store: the spec that people edit, a Kustomize base with the objects, and an overlay that says where. Chroma's
 * folder `chart` holds the values with which the chart of amikos-tech runs the same store.
 *
 * @throws InputError that names every wrong field
 * @public
 */
export function renderVectorStore(spec: VectorStoreSpec): RenderedFile[] {
  const checked = checkedVectorStoreSpec(spec);
  const { engine, target } = checked.spec;
  const objects = buildVectorStoreObjects(checked);
  const file = (path: string, content: object): RenderedFile => ({
    path,
    content: toYaml(content, { comment: RENDERED_STORE }),
  });
  const kustomization = (path: string, content: object) =>
    file(`${path}/kustomization.yaml`, {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      ...content,
    });
  const base = objects.map(object => ({
    path: `${object.kind.toLowerCase()}.yaml`,
    object: withoutNamespace(object),
  }));
  const policy = base.find(({ object }) => object.kind === 'NetworkPolicy')!;
  return [
    { path: 'vector-store.yaml', content: stringifyVectorStoreSpec(checked) },
    ...base.map(({ path, object }) => file(`base/${path}`, object)),
    kustomization('base', { resources: base.map(({ path }) => path) }),
    kustomization(overlayPath(target.cluster), {
      namespace: target.namespace,
      resources: ['../../base'],
    }),
    ...(engine === 'chroma'
      ? [
          file('chart/values.yaml', chromaValues(checked)),
          file('chart/networkpolicy.yaml', policy.object),
          kustomization('chart', {
            namespace: target.namespace,
            resources: ['networkpolicy.yaml'],
            helmCharts: [
              {
                ...CHROMA_CHART,
                releaseName: checked.metadata.name,
                namespace: target.namespace,
                valuesFile: 'values.yaml',
              },
            ],
          }),
        ]
      : []),
  ];
}

/** Text of `catalog-info.yaml`: the store as a Resource. @public */
export function renderVectorStoreEntity(
  spec: VectorStoreSpec,
  options: { techdocs?: boolean } = {},
): string {
  const { metadata, spec: wanted } = checkedVectorStoreSpec(spec);
  const { name, owner, system, description } = metadata;
  const { engine, target } = wanted;
  return toYaml({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      description: description ?? `Vector store on ${engine}`,
      annotations: {
        [KUBERNETES_ANNOTATIONS.id]: name,
        [KUBERNETES_ANNOTATIONS.namespace]: target.namespace,
        [KUBERNETES_ANNOTATIONS.cluster]: target.cluster,
        [ANNOTATIONS.cluster]: target.cluster,
        [ANNOTATIONS.namespace]: target.namespace,
        [ANNOTATIONS.vectorStore]: name,
        [ANNOTATIONS.storeEngine]: engine,
        ...(options.techdocs ? { 'backstage.io/techdocs-ref': 'dir:.' } : {}),
      },
      tags: ['genai', 'vector-store', engine],
    },
    spec: {
      type: ENTITY_TYPES.vectorStore,
      owner,
      ...(system ? { system } : {}),
    },
  });
}

/** The overlay says where. */
function withoutNamespace(object: KubernetesObjectLike): KubernetesObjectLike {
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
