import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { KubeObject, ResourceId, StoreEvent } from './ObjectStore';
import { isRecord, jsonOf } from './json';
import { MemoryStore } from './MemoryStore';
import { tableKey } from './Table';

/** A saved object with its resource. */
export interface SavedObject {
  resource: ResourceId;
  object: KubeObject;
}

type Line =
  | { put: [group: string, plural: string]; object: KubeObject }
  | { del: [group: string, plural: string, key: string] }
  | { at: number };

/** How long changes wait until they are written together. */
const FLUSH_AFTER_MS = 200;
/** The log is written anew when it has this many lines more than there are objects. */
const MAX_STALE_LINES = 20_000;

/** The saved state cannot be read; the message says what to do. */
export class BrokenStateError extends Error {
  readonly name = 'BrokenStateError';
}

function lineOf({ type, resource, object }: StoreEvent): string {
  const { group, plural } = resource;
  if (type === 'DELETED') {
    const { namespace, name } = object.metadata;
    return JSON.stringify({ del: [group, plural, tableKey(namespace, name)] });
  }
  return `{"put":${JSON.stringify([group, plural])},"object":${jsonOf(object)}}`;
}

const isText = (value: unknown) => typeof value === 'string';

/** A line of the file; `undefined` when it is none that {@link persist} writes. */
function readLine(text: string): Line | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) {
    return undefined;
  }
  const { at, del, put, object } = value;
  const metadata = isRecord(object) ? object.metadata : undefined;
  const isLine =
    Number.isInteger(at) ||
    (Array.isArray(del) && del.length === 3 && del.every(isText)) ||
    (Array.isArray(put) &&
      put.length === 2 &&
      put.every(isText) &&
      isRecord(metadata) &&
      isText(metadata.name) &&
      Number.isInteger(Number(metadata.resourceVersion)));
  return isLine ? (value as Line) : undefined;
}

/**
 * Reads the saved objects, definitions of custom resources first. A last line that was cut off is ignored.
 * @throws BrokenStateError when the file is no saved state
 */
export function readState(file: string): {
  version: number;
  objects: SavedObject[];
} {
  if (!existsSync(file)) {
    return { version: 0, objects: [] };
  }
  const lines = readFileSync(file, 'utf8').split('\n');
  // What follows the last line end was being written when the process ended.
  lines.pop();
  const objects = new Map<string, SavedObject>();
  let version = 0;
  lines.forEach((text, index) => {
    const line = readLine(text);
    if (!line) {
      throw new BrokenStateError(
        `The saved cluster in ${file} is damaged at line ${index + 1}: delete the file to start with a fresh cluster.`,
      );
    }
    if ('at' in line) {
      version = Math.max(version, line.at);
    } else if ('del' in line) {
      objects.delete(line.del.join('|'));
    } else {
      const [group, plural] = line.put;
      const { namespace, name, resourceVersion } = line.object.metadata;
      version = Math.max(version, Number(resourceVersion));
      objects.set([group, plural, tableKey(namespace, name)].join('|'), {
        resource: { group, version: '', plural },
        object: line.object,
      });
    }
  });
  const isDefinition = ({ resource }: SavedObject) =>
    resource.plural === 'customresourcedefinitions';
  const all = [...objects.values()];
  return {
    version,
    objects: [
      ...all.filter(isDefinition),
      ...all.filter(each => !isDefinition(each)),
    ],
  };
}

/**
 * Keeps a file up to date with a store: changes are appended, and the file is written anew when most of it is old.
 * @returns `stop`, which writes what is left
 */
export function persist(
  store: MemoryStore,
  file: string,
): { flush(): void; stop(): void } {
  mkdirSync(dirname(file), { recursive: true });
  let pending: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let lines = 0;
  let live = 0;

  const rewrite = () => {
    const all = store.objects();
    const parts = [JSON.stringify({ at: store.version() })];
    for (const { resource, object } of all) {
      parts.push(
        `{"put":${JSON.stringify([resource.group, resource.plural])},"object":${jsonOf(object)}}`,
      );
    }
    // A crash leaves the old file or the new one, never half of it.
    const temporary = `${file}.new`;
    writeFileSync(temporary, '', { mode: 0o600 });
    for (let index = 0; index < parts.length; index += 1_000) {
      appendFileSync(
        temporary,
        `${parts.slice(index, index + 1_000).join('\n')}\n`,
      );
    }
    renameSync(temporary, file);
    pending = [];
    lines = parts.length;
    live = parts.length;
  };

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (pending.length) {
      const written = [...pending, JSON.stringify({ at: store.version() })];
      lines += written.length;
      if (lines > live + MAX_STALE_LINES) {
        rewrite();
      } else {
        appendFileSync(file, `${written.join('\n')}\n`);
        pending = [];
      }
    }
  };

  rewrite();
  const unsubscribe = store.subscribe(event => {
    pending.push(lineOf(event));
    timer ??= setTimeout(flush, FLUSH_AFTER_MS);
  });
  return {
    flush,
    stop() {
      unsubscribe();
      flush();
    },
  };
}
