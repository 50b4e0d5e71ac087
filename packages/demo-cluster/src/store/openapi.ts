import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A node of Kubernetes' OpenAPI document, or of the structural schema of a CustomResourceDefinition. */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  default?: unknown;
  nullable?: boolean;
  allOf?: Schema[];
  'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: 'atomic' | 'granular';
  'x-kubernetes-patch-merge-key'?: string;
  'x-kubernetes-patch-strategy'?: string;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-embedded-resource'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-group-version-kind'?: GroupVersionKind[];
  [keyword: string]: unknown;
}

/** Names a kind. */
export type GroupVersionKind = { group: string; version: string; kind: string };

/** A subresource: its kind and what can be done with it. */
export type Subresource = GroupVersionKind & { verbs: string[] };

/** A built-in resource as the published document describes it. */
export interface PublishedResource extends GroupVersionKind {
  plural: string;
  namespaced: boolean;
  verbs: string[];
  subresources: Record<string, Subresource>;
  /** Key into {@link OpenApi.definitions}. */
  definition: string;
}

/** What `openapi/generate.mjs` took from a release of Kubernetes. */
export interface OpenApi {
  /** Without the `v`. */
  version: string;
  resources: PublishedResource[];
  definitions: Record<string, Schema>;
}

const FILE = join(__dirname, '../../openapi/kubernetes-1.35.4.json');
const PREFIX = '#/definitions/';

let loaded: OpenApi | undefined;

/** The document, read once. */
export function openApi(): OpenApi {
  loaded ??= JSON.parse(readFileSync(FILE, 'utf8')) as OpenApi;
  return loaded;
}

/** Follows a reference; other schemas are returned as they are. */
export function resolve(schema: Schema): Schema {
  const { $ref } = schema;
  if (!$ref) {
    return schema;
  }
  const target = openApi().definitions[$ref.slice(PREFIX.length)];
  if (!target) {
    throw new Error(`The OpenAPI document lacks ${$ref}`);
  }
  return target.$ref ? resolve(target) : target;
}

/** The schema of a definition by its full name. */
export function definition(name: string): Schema {
  return resolve({ $ref: PREFIX + name });
}

/** Schema of `metadata` of every object. */
export function objectMetaSchema(): Schema {
  return definition('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
}
