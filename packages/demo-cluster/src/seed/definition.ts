import { seedObject, SeedObject } from './SeedObject';

/** Part of an OpenAPI schema. */
export type Schema = Record<string, unknown>;

export const text: Schema = { type: 'string' };
export const integer: Schema = { type: 'integer' };
/** An object of whatever fields. */
export const open: Schema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
};
/** `status.conditions`. */
export const conditions: Schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['type', 'status'],
    properties: {
      type: text,
      status: { type: 'string', enum: ['True', 'False', 'Unknown'] },
      reason: text,
      message: text,
      lastTransitionTime: { type: 'string', format: 'date-time' },
      observedGeneration: integer,
    },
  },
};
/** An object of these fields alone; others are dropped. */
export const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
});

/** A custom resource of the demo. */
export interface Definition {
  group: string;
  version: string;
  /** Versions that are served beside it, with the same fields. */
  otherVersions?: string[];
  kind: string;
  plural: string;
  shortNames?: string[];
  scope: 'Cluster' | 'Namespaced';
  /** Schema of `spec`, or of all fields beside `metadata` and `status` where there is no `spec`. */
  spec: Schema | { fields: Record<string, Schema> };
  status?: Schema;
  columns?: Array<{ name: string; type: string; jsonPath: string }>;
}

/** The last column of most tables. */
export const age = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};

/** The CustomResourceDefinition. */
export const definitionObject = (definition: Definition): SeedObject => {
  const { group, version, kind, plural, scope, spec, status, columns } =
    definition;
  return seedObject(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    { name: `${plural}.${group}` },
    {
      spec: {
        group,
        scope,
        conversion: { strategy: 'None' },
        names: {
          kind,
          listKind: `${kind}List`,
          plural,
          singular: kind.toLowerCase(),
          ...(definition.shortNames && { shortNames: definition.shortNames }),
        },
        versions: [version, ...(definition.otherVersions ?? [])].map(name => ({
          name,
          served: true,
          storage: name === version,
          schema: {
            openAPIV3Schema: object({
              apiVersion: text,
              kind: text,
              metadata: { type: 'object' },
              ...('fields' in spec
                ? (spec.fields as Record<string, Schema>)
                : { spec }),
              ...(status && { status }),
            }),
          },
          ...(status && { subresources: { status: {} } }),
          additionalPrinterColumns: columns ?? [age],
        })),
      },
    },
  );
};
