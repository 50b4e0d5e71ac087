import { createHash } from 'node:crypto';
import { apiVersionOf } from '../store/ObjectStore';
import { openApi, Schema } from '../store/openapi';
import { ResourceInfo, ResourceRegistry } from '../store/ResourceRegistry';
import { patchTypes } from './write/handlers';

const V2_PREFIX = '#/definitions/';
const V3_PREFIX = '#/components/schemas/';

function definitionName(info: ResourceInfo): string {
  const published = openApi().resources.find(
    each =>
      each.group === info.group &&
      each.version === info.version &&
      each.plural === info.plural,
  );
  return (
    published?.definition ??
    `${info.group.split('.').reverse().join('.')}.${info.version}.${info.kind}`
  );
}

function schemasOf(registry: ResourceRegistry): Record<string, Schema> {
  const schemas = { ...openApi().definitions };
  for (const info of registry.all()) {
    if (info.custom) {
      const { group, version, kind } = info;
      schemas[definitionName(info)] = {
        ...info.schema,
        'x-kubernetes-group-version-kind': [{ group, version, kind }],
      };
    }
  }
  return schemas;
}

function rootOf(info: ResourceInfo): string {
  return info.group
    ? `/apis/${info.group}/${info.version}`
    : `/api/${info.version}`;
}

const query = (name: string, type: string) => ({ name, type });
const WRITE_PARAMETERS = [
  query('dryRun', 'string'),
  query('fieldManager', 'string'),
  query('fieldValidation', 'string'),
];

/** The operations of a resource by path; kubectl looks there for what a server can do. */
function operationsOf(info: ResourceInfo, version: 2 | 3) {
  const { group, version: v, kind } = info;
  const parameter = ({ name, type }: { name: string; type: string }) => ({
    name,
    in: 'query',
    uniqueItems: true,
    ...(version === 2 ? { type } : { schema: { type, uniqueItems: true } }),
  });
  const operation = (
    action: string,
    parameters: Array<{ name: string; type: string }> = [],
    consumes: string[] = [],
  ) => ({
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version: v, kind },
    parameters: parameters.map(parameter),
    ...(consumes.length &&
      (version === 2
        ? { consumes }
        : {
            requestBody: {
              content: Object.fromEntries(
                consumes.map(type => [type, { schema: { type: 'object' } }]),
              ),
            },
          })),
    responses: { '200': { description: 'OK' } },
  });
  const has = (verb: string) => info.verbs.includes(verb);
  const base = `${rootOf(info)}${info.namespaced ? '/namespaces/{namespace}' : ''}/${info.plural}`;
  return {
    [base]: {
      ...(has('list') && { get: operation('list') }),
      ...(has('create') && {
        post: operation('post', WRITE_PARAMETERS, ['*/*']),
      }),
    },
    [`${base}/{name}`]: {
      ...(has('get') && { get: operation('get') }),
      ...(has('update') && {
        put: operation('put', WRITE_PARAMETERS, ['*/*']),
      }),
      ...(has('patch') && {
        patch: operation(
          'patch',
          [...WRITE_PARAMETERS, query('force', 'boolean')],
          patchTypes(info),
        ),
      }),
      ...(has('delete') && { delete: operation('delete') }),
    },
  };
}

function pathsOf(resources: ResourceInfo[], version: 2 | 3) {
  return Object.assign(
    {},
    ...resources.map(info => operationsOf(info, version)),
  ) as Record<string, unknown>;
}

function info() {
  return { title: 'Kubernetes', version: `v${openApi().version}` };
}

/** Only the schemas which some others lead to. */
function reachable(
  schemas: Record<string, Schema>,
  roots: string[],
): Record<string, Schema> {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (!found.has(name) && schemas[name]) {
      found.add(name);
      const text = JSON.stringify(schemas[name]);
      for (const [, next] of text.matchAll(/"#\/definitions\/([^"]+)"/g)) {
        visit(next);
      }
    }
  };
  roots.forEach(visit);
  return Object.fromEntries([...found].map(name => [name, schemas[name]]));
}

/** The OpenAPI documents of what is served; made anew when that changes. */
export interface OpenApiDocs {
  v2(): string;
  /** The list of the version 3 documents. */
  v3Index(): string;
  /** One version 3 document by its group and version, e.g. `apis/apps/v1`; `undefined` when there is none. */
  v3(groupVersion: string): string | undefined;
}

/** The media type in which kubectl asks for the version 2 document. */
export const OPENAPI_V2_PROTOBUF =
  'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/**
 * A version 2 document without definitions, in protobuf. kubectl takes it when the version 3 documents do not have a
 * kind; it then leaves validation to the server.
 */
export function emptyOpenApiV2(): Buffer {
  const field = (number: number, text: string) =>
    String.fromCharCode(number * 8 + 2, text.length) + text;
  const info = field(1, 'Kubernetes') + field(2, `v${openApi().version}`);
  return Buffer.from(field(1, '2.0') + field(2, info) + field(8, ''), 'latin1');
}

/** Makes the documents of a registry. */
export function createOpenApiDocs(registry: ResourceRegistry): OpenApiDocs {
  let madeFor: ResourceInfo[] | undefined;
  let texts = new Map<string, string>();
  const cached = (key: string, make: () => unknown): string => {
    if (madeFor !== registry.all()) {
      madeFor = registry.all();
      texts = new Map();
    }
    let text = texts.get(key);
    if (text === undefined) {
      text = JSON.stringify(make());
      texts.set(key, text);
    }
    return text;
  };
  const groupVersions = () =>
    new Map(registry.all().map(each => [rootOf(each).slice(1), each] as const));
  const v3 = (groupVersion: string): string | undefined => {
    const sample = groupVersions().get(groupVersion);
    if (!sample) {
      return undefined;
    }
    return cached(groupVersion, () => {
      const resources = registry
        .all()
        .filter(each => apiVersionOf(each) === apiVersionOf(sample));
      const schemas = reachable(
        schemasOf(registry),
        resources.map(definitionName),
      );
      return {
        openapi: '3.0.0',
        info: info(),
        paths: pathsOf(resources, 3),
        components: {
          schemas: JSON.parse(
            JSON.stringify(schemas).replaceAll(
              `"${V2_PREFIX}`,
              `"${V3_PREFIX}`,
            ),
          ),
        },
      };
    });
  };
  return {
    v2: () =>
      cached('v2', () => ({
        swagger: '2.0',
        info: info(),
        paths: pathsOf(registry.all(), 2),
        definitions: schemasOf(registry),
      })),
    v3Index: () =>
      cached('index', () => ({
        paths: Object.fromEntries(
          [...groupVersions().keys()].map(groupVersion => {
            const hash = createHash('sha256')
              .update(v3(groupVersion) ?? '')
              .digest('hex')
              .slice(0, 32)
              .toUpperCase();
            return [
              groupVersion,
              { serverRelativeURL: `/openapi/v3/${groupVersion}?hash=${hash}` },
            ];
          }),
        ),
      })),
    v3,
  };
}
