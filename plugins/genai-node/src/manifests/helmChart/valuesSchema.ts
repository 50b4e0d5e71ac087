import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import type { BoundChart } from './bindChart';

/** Quantities of Kubernetes. Without them a template would write what the API server refuses, or reads otherwise. */
const QUANTITY = {
  anyOf: [
    { type: 'integer', minimum: 0 },
    { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?(m|[kMGTPE]i?|Ki)?$' },
  ],
};

/** Resources whose number the engine's arguments repeat. */
const isDevice = (resource: string) => resource.includes('/');

/**
 * JSON Schema of the chart's values: Helm holds every set of values against it, so that a wrong one is refused by name before
 * anything is rendered.
 */
export function valuesSchema(
  spec: InferenceSpec,
  { values, replicasRange }: BoundChart,
  comment: string,
): object {
  const [minimum, maximum] = replicasRange;
  const quantities = (of: Record<string, string>) =>
    strictObject(
      Object.fromEntries(
        Object.entries(of).map(([resource, quantity]) => [
          resource,
          isDevice(resource)
            ? { const: quantity }
            : { $ref: '#/definitions/quantity' },
        ]),
      ),
    );
  const { resources, model, contextLength } = values;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: comment,
    title: `Values of ${spec.metadata.name}`,
    definitions: { quantity: QUANTITY },
    ...strictObject(
      {
        replicas: { type: 'integer', minimum, maximum },
        image: strictObject({
          repository: text('^[a-z0-9][a-z0-9._/:@-]*$'),
          tag: { ...text('^[A-Za-z0-9_][A-Za-z0-9._-]*$'), not: LATEST },
        }),
        ...(model
          ? {
              model: strictObject({
                id: text(
                  '^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*$',
                ),
                ...(model.revision ? { revision: text('^[0-9a-f]{40}$') } : {}),
              }),
            }
          : {}),
        ...(contextLength
          ? { contextLength: { type: 'integer', minimum: 1 } }
          : {}),
        resources: strictObject({
          requests: quantities(resources.requests),
          limits: quantities(resources.limits),
        }),
      },
      // Helm puts it there where the chart is part of another.
      { global: { type: 'object' } },
    ),
  };
}

const LATEST = { const: 'latest' };

function text(pattern: string) {
  return { type: 'string', maxLength: 255, pattern };
}

function strictObject(
  required: Record<string, object>,
  optional: Record<string, object> = {},
) {
  return {
    type: 'object',
    required: Object.keys(required),
    additionalProperties: false,
    properties: { ...required, ...optional },
  };
}
