import {
  ANNOTATIONS,
  LABELS,
  MANAGED_BY,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import { embeddingEndpointOf } from './embeddingServer';
import { llmEndpointOf, llmModelOf } from './llmServer';
import { storeAddressOf, storeNameOf } from './storeAddress';

/** Golden path and its generation, written on what it renders. */
export const RAG_GOLDEN_PATH = 'rag-service/v1';

/** The parts of the service that have pods: one answers, the other brings the documents in. */
export type RagPart = 'query-api' | 'ingestion';

type Strings = { [key: string]: string };

/** Catalog entity of the service, as the golden path registers it. */
export function ragEntityRef({ metadata }: RagSpec): string {
  return `component:default/${metadata.name}`;
}

/** Labels by which Service, policies and workloads find the pods of a part. Never changed afterwards: selectors are immutable. */
export function ragSelector({ metadata }: RagSpec, part: RagPart): Strings {
  return {
    [LABELS.name]: 'rag-service',
    [LABELS.instance]: metadata.name,
    [LABELS.component]: part,
  };
}

/** Labels of an object and of its pods. */
export function ragLabels(spec: RagSpec, part: RagPart): Strings {
  return {
    ...ragSelector(spec, part),
    [LABELS.managedBy]: MANAGED_BY,
    [LABELS.kubernetesId]: spec.metadata.name,
    [LABELS.purpose]: 'rag',
  };
}

/** What the service stands on, for whoever reads the live object or the entity. Nothing here is secret. */
export function ragChain(spec: RagSpec): Strings {
  const { store, embedding } = spec.spec;
  const storeEndpoint = storeAddressOf(spec);
  const storeName = storeNameOf(spec);
  return {
    [ANNOTATIONS.storeEngine]: store.kind,
    ...(storeEndpoint ? { [ANNOTATIONS.storeEndpoint]: storeEndpoint } : {}),
    ...(storeName ? { [ANNOTATIONS.storeName]: storeName } : {}),
    [ANNOTATIONS.collection]: store.collection,
    [ANNOTATIONS.embeddingModel]: embedding.model,
    [ANNOTATIONS.embeddingDimension]: String(embedding.dimension),
    [ANNOTATIONS.embeddingEndpoint]: embeddingEndpointOf(spec),
    [ANNOTATIONS.llmModel]: llmModelOf(spec),
    [ANNOTATIONS.llmEndpoint]: llmEndpointOf(spec),
  };
}

/** What the live state reads from the workload. */
export function ragAnnotations(spec: RagSpec): Strings {
  return {
    ...ragChain(spec),
    [ANNOTATIONS.entityRef]: ragEntityRef(spec),
    [ANNOTATIONS.owner]: spec.metadata.owner,
  };
}

/** Metadata of an object of the service. */
export function ragMeta(
  spec: RagSpec,
  part: RagPart,
  options: { name?: string; annotations?: Strings; labels?: Strings } = {},
) {
  return {
    name: options.name ?? spec.metadata.name,
    namespace: spec.spec.target.namespace,
    labels: { ...options.labels, ...ragLabels(spec, part) },
    annotations: {
      ...options.annotations,
      [ANNOTATIONS.goldenPath]: RAG_GOLDEN_PATH,
    },
  };
}
