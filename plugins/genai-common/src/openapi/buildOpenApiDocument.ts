import { GENAI_ROUTES, type GenaiRoute } from './routes';
import {
  namedJsonSchemas,
  plainJsonSchema,
  schemaPointer,
  type JsonSchemaObject,
  type SchemaName,
} from './schemaRegistry';

/**
 * An OpenAPI 3.1 document, as far as its makers and readers here look into it.
 *
 * @public
 */
export interface OpenApiDocument {
  openapi: string;
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  tags: Array<{ name: string }>;
  paths: Record<string, Record<string, JsonSchemaObject>>;
  components: Record<string, Record<string, JsonSchemaObject>>;
  security: Array<Record<string, string[]>>;
}

function parametersOf(
  schema: GenaiRoute['query'],
  place: 'path' | 'query',
): JsonSchemaObject[] {
  const json = plainJsonSchema(schema);
  const properties = json.properties as Record<string, JsonSchemaObject>;
  const required = (json.required ?? []) as string[];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    // entity refs hold ':' and '/': a person may type them as they are
    ...(place === 'query' ? { allowReserved: true } : {}),
    schema: property,
  }));
}

function jsonContent(schema: SchemaName): JsonSchemaObject {
  return { 'application/json': { schema: { $ref: schemaPointer(schema) } } };
}

function eventContent(schema: SchemaName): JsonSchemaObject {
  return { 'text/event-stream': { schema: { $ref: schemaPointer(schema) } } };
}

function errorResponse(name: string): JsonSchemaObject {
  return { $ref: `#/components/responses/${name}` };
}

function operationOf(route: GenaiRoute): JsonSchemaObject {
  const { method, operationId, summary, description, tag, body, streams } =
    route;
  const parameters = [
    ...parametersOf(route.params, 'path'),
    ...parametersOf(route.query, 'query'),
  ];
  return {
    operationId,
    summary,
    description: [
      description,
      `Needs the permission \`${route.permission.name}\`.`,
    ]
      .filter(Boolean)
      .join(' '),
    tags: [tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? { requestBody: { required: true, content: jsonContent(body) } }
      : {}),
    responses: {
      '200': {
        description: 'The answer',
        ...(method === 'get'
          ? { headers: { ETag: { schema: { type: 'string' } } } }
          : {}),
        content: streams
          ? eventContent(route.response)
          : jsonContent(route.response),
      },
      ...(method === 'get'
        ? {
            '304': {
              description: 'Nothing changed since the given `If-None-Match`',
            },
          }
        : {}),
      '400': errorResponse('BadRequest'),
      '401': errorResponse('Unauthorized'),
      '403': errorResponse('Forbidden'),
      '404': errorResponse('NotFound'),
      ...(streams ? { '409': errorResponse('Conflict') } : {}),
      '503': errorResponse('ServiceUnavailable'),
    },
  };
}

/**
 * The contract of the REST API as an OpenAPI 3.1 document, derived from the zod schemas of this package: there is no
 * second description that could differ from them.
 *
 * @public
 */
export function buildOpenApiDocument(): OpenApiDocument {
  const routes: GenaiRoute[] = Object.values(GENAI_ROUTES);
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: operationOf(route),
    };
  }
  const error = (description: string) => ({
    description,
    content: jsonContent('ErrorResponse'),
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Promptside: GenAI on Kubernetes',
      version: '1',
      description:
        'Live state of GPUs, model servers and vector stores. Every answer says in `clusters` which clusters it covers and how fresh each is.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...new Set(routes.map(route => route.tag))].map(name => ({ name })),
    paths,
    components: {
      schemas: namedJsonSchemas(),
      responses: {
        BadRequest: error('A parameter is not valid; the message names it'),
        Unauthorized: error('No valid Backstage token'),
        Forbidden: error('The permission is missing'),
        NotFound: error('No such cluster, namespace, model server or model'),
        Conflict: error('Not in the state that it is in; the message says why'),
        ServiceUnavailable: error('The list of clusters could not be read yet'),
      },
      securitySchemes: {
        backstage: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
    security: [{ backstage: [] }],
  };
}
