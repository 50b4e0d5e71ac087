// Writes protobuf-<version>.json, the field numbers of the kinds in kubernetes-<version>.json, in which kubectl sends
// some objects:
//   node generateProtobuf.mjs <k8s.io/api module> <k8s.io/apimachinery module> 1.35.4
// A field is [name, type], with a third part `repeated`, `map`, `inline` or `pointer`; inline messages are written into
// the object around them, as in JSON. Go sends the zero of a scalar which is no pointer, so only a pointer's zero was meant.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCALARS = new Set([
  'string',
  'bytes',
  'bool',
  'int32',
  'int64',
  'double',
]);

const [api, machinery, version] = process.argv.slice(2);
if (!version) {
  console.error('usage: node generateProtobuf.mjs API APIMACHINERY VERSION');
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const { resources, definitions } = JSON.parse(
  readFileSync(join(here, `kubernetes-${version}.json`), 'utf8'),
);

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.name === 'generated.proto')
    .map(entry => join(entry.parentPath, entry.name));
}

/** The fields of a folder's Go types that are pointers to scalars, as `Message/number`. */
function pointers(folder) {
  const found = new Set();
  const files = readdirSync(folder).filter(
    name => name.endsWith('.go') && !/^(generated|zz_)|_test\.go$/.test(name),
  );
  for (const file of files) {
    let struct;
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      struct = /^type (\w+) struct/.exec(line)?.[1] ?? struct;
      const number = /^\t\w+\s+\*.*protobuf:"\w+,(\d+),/.exec(line)?.[1];
      if (number) found.add(`${struct}/${number}`);
    }
  }
  return found;
}

const messages = new Map();
for (const file of [...sources(api), ...sources(machinery)]) {
  const text = readFileSync(file, 'utf8');
  const pack = /^package (\S+);/m.exec(text)?.[1];
  const pointed = pointers(dirname(file));
  let message;
  let messageName;
  for (const line of text.split('\n')) {
    const start = /^message (\w+) \{/.exec(line);
    if (start) {
      message = {};
      messageName = start[1];
      messages.set(`${pack}.${start[1]}`, message);
      continue;
    }
    const field =
      /^ {2}(optional|repeated|map<(\w+), ([\w.]+)>) ?([\w.]*) (\w+) = (\d+);/.exec(
        line.replace(/^( {2}map<[^>]*>) (\w+) =/, '$1  $2 ='),
      );
    if (field && message) {
      const [, label, , mapValue, plain, name, number] = field;
      // A leading dot marks a full name.
      const type = (mapValue ?? plain).replace(/^\./, '');
      const full =
        SCALARS.has(type) || type.startsWith('k8s.io.')
          ? type
          : `${pack}.${type}`;
      const isPointer =
        SCALARS.has(full) && pointed.has(`${messageName}/${number}`);
      const kind = mapValue
        ? 'map'
        : label === 'repeated'
          ? 'repeated'
          : isPointer
            ? 'pointer'
            : '';
      message[number] = [name, full, ...(kind ? [kind] : [])];
    }
  }
}

const definitionOf = name =>
  definitions[`io.k8s.${name.slice('k8s.io.'.length)}`];
const messageOf = definition => `k8s.io.${definition.slice('io.k8s.'.length)}`;
const needed = new Map();
function need(name) {
  const fields = messages.get(name);
  if (needed.has(name) || !fields) return;
  const properties = definitionOf(name)?.properties;
  const kept = {};
  needed.set(name, kept);
  for (const [number, [field, type, kind]] of Object.entries(fields)) {
    const inline = properties && !properties[field] && !SCALARS.has(type);
    kept[number] = [field, type, ...(inline ? ['inline'] : kind ? [kind] : [])];
    need(type);
  }
}
const kinds = {};
for (const { group, version: v, kind, definition, subresources } of resources) {
  const add = (apiVersion, name, message) => {
    if (messages.has(message)) {
      kinds[`${apiVersion}/${name}`] = message;
      need(message);
    }
  };
  add(group ? `${group}/${v}` : v, kind, messageOf(definition));
  for (const sub of Object.values(subresources)) {
    const found = Object.entries(definitions).find(([, each]) =>
      each['x-kubernetes-group-version-kind']?.some(
        gvk =>
          gvk.kind === sub.kind &&
          gvk.group === sub.group &&
          gvk.version === sub.version,
      ),
    );
    if (found)
      add(
        sub.group ? `${sub.group}/${sub.version}` : sub.version,
        sub.kind,
        messageOf(found[0]),
      );
  }
}
const options = 'k8s.io.apimachinery.pkg.apis.meta.v1.DeleteOptions';
need(options);
kinds['*/DeleteOptions'] = options;

const target = join(here, `protobuf-${version}.json`);
const lines = [...needed].sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  target,
  `{\n"kinds": ${JSON.stringify(kinds)},\n"messages": {\n${lines
    .map(
      ([name, fields]) => `${JSON.stringify(name)}: ${JSON.stringify(fields)}`,
    )
    .join(',\n')}\n}\n}\n`,
);
console.log(
  `${target}: ${Object.keys(kinds).length} kinds, ${lines.length} messages`,
);
