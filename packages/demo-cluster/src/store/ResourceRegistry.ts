import { definition, openApi, Schema, Subresource } from './openapi';
import { KubeObject, ResourceId } from './ObjectStore';

/** Column of a custom resource's table. */
export type PrinterColumn = {
  name: string;
  type: string;
  jsonPath: string;
  format?: string;
  priority?: number;
  description?: string;
};

/** What only resources of CustomResourceDefinitions have. */
export interface CustomResource {
  columns: PrinterColumn[];
  selectableFields: string[];
  storageVersion: string;
  scalePaths?: {
    specReplicasPath: string;
    statusReplicasPath: string;
    labelSelectorPath?: string;
  };
}

/** A resource that is served in one version. */
export interface ResourceInfo extends ResourceId {
  kind: string;
  listKind: string;
  singular: string;
  namespaced: boolean;
  verbs: string[];
  shortNames: string[];
  categories: string[];
  subresources: Record<string, Subresource>;
  schema: Schema;
  /** Whether the API counts `metadata.generation` for it. */
  generations: boolean;
  custom?: CustomResource;
  /** Objects that are not stored but made when they are read. */
  virtual?: () => KubeObject[];
}

/** All that is served. */
export interface ResourceRegistry {
  /** A resource in that version; without one, in the preferred version. */
  find(resource: {
    group: string;
    version?: string;
    plural: string;
  }): ResourceInfo | undefined;
  findKind(apiVersion: string, kind: string): ResourceInfo | undefined;
  /** Ordered by group (core first), then plural, preferred versions first. */
  all(): ResourceInfo[];
  /** Replaces all versions of one group's plural; an empty list removes it. */
  set(group: string, plural: string, versions: ResourceInfo[]): void;
}

const SHORT_NAMES: Record<string, string[]> = {
  configmaps: ['cm'],
  endpoints: ['ep'],
  events: ['ev'],
  limitranges: ['limits'],
  namespaces: ['ns'],
  nodes: ['no'],
  persistentvolumeclaims: ['pvc'],
  persistentvolumes: ['pv'],
  pods: ['po'],
  replicationcontrollers: ['rc'],
  resourcequotas: ['quota'],
  serviceaccounts: ['sa'],
  services: ['svc'],
  customresourcedefinitions: ['crd', 'crds'],
  daemonsets: ['ds'],
  deployments: ['deploy'],
  replicasets: ['rs'],
  statefulsets: ['sts'],
  horizontalpodautoscalers: ['hpa'],
  cronjobs: ['cj'],
  ingresses: ['ing'],
  ipaddresses: ['ip'],
  networkpolicies: ['netpol'],
  poddisruptionbudgets: ['pdb'],
  priorityclasses: ['pc'],
  storageclasses: ['sc'],
  volumeattributesclasses: ['vac'],
};

const IN_ALL = new Set([
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'horizontalpodautoscalers',
  'cronjobs',
  'jobs',
]);

const WITH_GENERATION = new Set([
  'pods',
  'replicationcontrollers',
  'customresourcedefinitions',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'cronjobs',
  'jobs',
  'ingresses',
  'ingressclasses',
  'networkpolicies',
  'poddisruptionbudgets',
  'priorityclasses',
  'resourceslices',
]);

function categoriesOf(plural: string): string[] {
  if (IN_ALL.has(plural)) {
    return ['all'];
  }
  return plural === 'customresourcedefinitions' ? ['api-extensions'] : [];
}

function builtIn(): ResourceInfo[] {
  return openApi().resources.map(published => ({
    group: published.group,
    version: published.version,
    plural: published.plural,
    kind: published.kind,
    listKind: `${published.kind}List`,
    singular: published.kind.toLowerCase(),
    namespaced: published.namespaced,
    verbs: published.verbs,
    shortNames: SHORT_NAMES[published.plural] ?? [],
    categories: categoriesOf(published.plural),
    subresources: published.subresources,
    schema: definition(published.definition),
    generations: WITH_GENERATION.has(published.plural),
  }));
}

/** A registry that holds the built-in resources of Kubernetes. */
export function createResourceRegistry(): ResourceRegistry {
  const byPlural = new Map<string, ResourceInfo[]>();
  const byKind = new Map<string, ResourceInfo>();
  let sorted: ResourceInfo[] | undefined;
  const keyOf = (group: string, plural: string) => `${group}/${plural}`;
  const kindKey = (info: ResourceInfo) =>
    `${info.group ? `${info.group}/` : ''}${info.version}/${info.kind}`;

  const registry: ResourceRegistry = {
    find({ group, version, plural }) {
      const versions = byPlural.get(keyOf(group, plural));
      return version
        ? versions?.find(info => info.version === version)
        : versions?.[0];
    },
    findKind: (apiVersion, kind) => byKind.get(`${apiVersion}/${kind}`),
    all() {
      sorted ??= [...byPlural.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([, versions]) => versions);
      return sorted;
    },
    set(group, plural, versions) {
      const key = keyOf(group, plural);
      for (const info of byPlural.get(key) ?? []) {
        byKind.delete(kindKey(info));
      }
      if (versions.length) {
        byPlural.set(key, versions);
      } else {
        byPlural.delete(key);
      }
      for (const info of versions) {
        byKind.set(kindKey(info), info);
      }
      sorted = undefined;
    },
  };
  for (const info of builtIn()) {
    registry.set(info.group, info.plural, [info]);
  }
  return registry;
}
