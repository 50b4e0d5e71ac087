import {
  ANNOTATIONS,
  LABELS,
  MANAGED_BY,
  type VectorStoreSpec,
} from '@promptside/backstage-plugin-genai-common';

/** Golden path and its generation, written on what it renders. */
const STORE_GOLDEN_PATH = 'vector-store/v1';

type Strings = { [key: string]: string };

/** Catalog entity of the store, as the golden path registers it. */
export function storeEntityRef({ metadata }: VectorStoreSpec): string {
  return `resource:default/${metadata.name}`;
}

/** Labels of every object. */
export function storeLabels({ metadata }: VectorStoreSpec): Strings {
  return {
    [LABELS.instance]: metadata.name,
    [LABELS.component]: 'vector-store',
    [LABELS.managedBy]: MANAGED_BY,
    [LABELS.kubernetesId]: metadata.name,
    [LABELS.purpose]: 'vector-store',
  };
}

/** What the live state reads. */
export function storeAnnotations(spec: VectorStoreSpec): Strings {
  return {
    [ANNOTATIONS.entityRef]: storeEntityRef(spec),
    [ANNOTATIONS.owner]: spec.metadata.owner,
  };
}

/** Metadata of an object of the store. */
export function storeMeta(
  spec: VectorStoreSpec,
  options: { name?: string; labels?: Strings } = {},
) {
  return {
    name: options.name ?? spec.metadata.name,
    namespace: spec.spec.target.namespace,
    labels: { ...storeLabels(spec), ...options.labels },
    annotations: {
      ...storeAnnotations(spec),
      [ANNOTATIONS.goldenPath]: STORE_GOLDEN_PATH,
    },
  };
}
