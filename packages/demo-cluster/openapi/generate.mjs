// Writes kubernetes-<version>.json from the OpenAPI document that Kubernetes publishes with each release:
//   node generate.mjs <k8s.io/kubernetes module>/api/openapi-spec/swagger.json 1.35.4
// `go mod download -json k8s.io/kubernetes@v1.35.4` prints where the module lies. Prose is left out; the field names,
// types, list types and merge keys stay as they are published.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GROUP_VERSIONS = [
  '/v1',
  'apps/v1',
  'authentication.k8s.io/v1',
  'authorization.k8s.io/v1',
  'autoscaling/v2',
  'batch/v1',
  'apiextensions.k8s.io/v1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'events.k8s.io/v1',
  'networking.k8s.io/v1',
  'node.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
  'resource.k8s.io/v1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1',
];
// Deprecated or without meaning here; a client that asks gets the 404 of a server which does not serve them.
const LEFT_OUT = ['componentstatuses', 'bindings', 'podtemplates'];

const VERBS = {
  post: 'create',
  delete: 'delete',
  deletecollection: 'deletecollection',
  get: 'get',
  list: 'list',
  patch: 'patch',
  put: 'update',
};

const [source, version] = process.argv.slice(2);
if (!source || !version) {
  console.error('usage: node generate.mjs SWAGGER.json VERSION');
  process.exit(2);
}
const { paths, definitions } = JSON.parse(readFileSync(source, 'utf8'));

function withoutProse(value) {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, inner]) => key !== 'description' || typeof inner === 'object',
      )
      .map(([key, inner]) => [key, withoutProse(inner)]),
  );
}

const definitionByKind = new Map();
for (const [name, definition] of Object.entries(definitions)) {
  const kinds = definition['x-kubernetes-group-version-kind'] ?? [];
  if (kinds.length === 1) {
    const [{ group, version: v, kind }] = kinds;
    definitionByKind.set(`${group}/${v}/${kind}`, name);
  }
}

const resources = new Map();
for (const [path, operations] of Object.entries(paths)) {
  const match =
    /^\/(?:api|apis\/([^/]+))\/([^/]+)\/(namespaces\/\{namespace\}\/)?([a-z]+)(?:\/\{name\})?(?:\/([a-z]+))?(?:\/\{path\})?\/?$/.exec(
      path,
    );
  if (!match) continue;
  const [, group = '', v, inNamespace, plural, subresource] = match;
  if (!GROUP_VERSIONS.includes(`${group}/${v}`) || LEFT_OUT.includes(plural))
    continue;
  const key = `${group}/${v}/${plural}`;
  const resource = resources.get(key) ?? {
    group,
    version: v,
    plural,
    kind: '',
    namespaced: false,
    verbs: [],
    subresources: {},
  };
  resources.set(key, resource);
  resource.namespaced ||= Boolean(inNamespace);
  for (const [method, operation] of Object.entries(operations)) {
    const gvk = operation['x-kubernetes-group-version-kind'];
    const action = operation['x-kubernetes-action'];
    if (!gvk || !action) continue;
    if (subresource) {
      const verb =
        VERBS[action] ?? (action === 'connect' ? VERBS[method] : undefined);
      resource.subresources[subresource] ??= { ...gvk, verbs: [] };
      if (verb && !resource.subresources[subresource].verbs.includes(verb)) {
        resource.subresources[subresource].verbs.push(verb);
      }
    } else {
      resource.kind = gvk.kind;
      const verb = VERBS[action];
      if (verb && !resource.verbs.includes(verb)) resource.verbs.push(verb);
      if (verb === 'list') resource.verbs.push('watch');
    }
  }
}

const needed = new Set();
const need = name => {
  if (needed.has(name) || !definitions[name]) return;
  needed.add(name);
  for (const [, ref] of JSON.stringify(definitions[name]).matchAll(
    /"#\/definitions\/([^"]+)"/g,
  ))
    need(ref);
};
const table = [...resources.values()]
  .filter(resource => resource.verbs.length > 0)
  .map(resource => {
    const definition = definitionByKind.get(
      `${resource.group}/${resource.version}/${resource.kind}`,
    );
    need(definition);
    for (const { group, version: v, kind } of Object.values(
      resource.subresources,
    )) {
      need(definitionByKind.get(`${group}/${v}/${kind}`) ?? '');
    }
    return {
      ...resource,
      verbs: [...new Set(resource.verbs)].sort(),
      definition,
    };
  })
  .sort((a, b) =>
    `${a.group}/${a.plural}` < `${b.group}/${b.plural}` ? -1 : 1,
  );
for (const name of ['DeleteOptions', 'Status']) {
  need(`io.k8s.apimachinery.pkg.apis.meta.v1.${name}`);
}

const lines = [...needed].sort().map(name => {
  const definition = withoutProse(definitions[name]);
  return `${JSON.stringify(name)}: ${JSON.stringify(definition)}`;
});
const target = join(
  dirname(fileURLToPath(import.meta.url)),
  `kubernetes-${version}.json`,
);
writeFileSync(
  target,
  `{\n"version": ${JSON.stringify(version)},\n"resources": [\n${table.map(r => JSON.stringify(r)).join(',\n')}\n],\n"definitions": {\n${lines.join(',\n')}\n}\n}\n`,
);
console.log(
  `${target}: ${table.length} resources, ${lines.length} definitions`,
);
