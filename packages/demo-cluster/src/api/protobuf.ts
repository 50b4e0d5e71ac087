import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { badRequest } from '../store/ApiStatusError';
import { isRecord } from '../store/json';
import { JsonNode } from './schema/nodes';

/** The media type in which Go clients, kubectl among them, send objects of built-in kinds. */
export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

type FieldKind = 'repeated' | 'map' | 'inline' | 'pointer';
type Field = [name: string, type: string, kind?: FieldKind];
type Messages = Record<string, Record<string, Field>>;

const FILE = join(__dirname, '../../openapi/protobuf-1.35.4.json');
const MAGIC = Buffer.from('k8s\0');
const MACHINERY = 'k8s.io.apimachinery.pkg.';

let loaded: { kinds: Record<string, string>; messages: Messages } | undefined;

/** What `openapi/generateProtobuf.mjs` took from a release of Kubernetes, read once. */
function fieldNumbers() {
  loaded ??= JSON.parse(readFileSync(FILE, 'utf8')) as NonNullable<
    typeof loaded
  >;
  return loaded;
}

/** A field as it stands on the wire: a number, or the bytes of a text, a message or a packed list. */
type WireField = { number: number; value: bigint | Buffer };

function cutOff(): never {
  throw badRequest('the body of the request is no whole protobuf message');
}

function readVarint(bytes: Buffer, start: number): [bigint, number] {
  let value = 0n;
  for (let index = start; index < bytes.length && index < start + 10; index++) {
    value |= BigInt(bytes[index] & 0x7f) << BigInt(7 * (index - start));
    if (bytes[index] < 0x80) {
      return [BigInt.asIntN(64, value), index + 1];
    }
  }
  return cutOff();
}

function* wireFields(bytes: Buffer): Iterable<WireField> {
  let at = 0;
  while (at < bytes.length) {
    const [tag, afterTag] = readVarint(bytes, at);
    const number = Number(tag >> 3n);
    const [first, after] = [0n, 2n].includes(tag & 7n)
      ? readVarint(bytes, afterTag)
      : cutOff();
    if ((tag & 7n) === 0n) {
      at = after;
      yield { number, value: first };
    } else {
      at = after + Number(first);
      if (first < 0n || at > bytes.length) {
        cutOff();
      }
      yield { number, value: bytes.subarray(after, at) };
    }
  }
}

function timeOf({ seconds, nanos = 0 }: JsonNode, fraction: boolean) {
  if (seconds === undefined) {
    return undefined;
  }
  const text = new Date(Number(seconds) * 1000).toISOString();
  const micros = String(Math.floor(Number(nanos) / 1000)).padStart(6, '0');
  return text.replace(/\.\d+Z$/, fraction ? `.${micros}Z` : 'Z');
}

function jsonOfBytes(base64: unknown): unknown {
  try {
    return JSON.parse(Buffer.from(String(base64), 'base64').toString());
  } catch {
    throw badRequest('a raw value of the request is no JSON');
  }
}

/** Messages that are something else in JSON than an object of their fields. */
const AS_JSON: Record<string, (fields: JsonNode) => unknown> = {
  [`${MACHINERY}apis.meta.v1.Time`]: fields => timeOf(fields, false),
  [`${MACHINERY}apis.meta.v1.MicroTime`]: fields => timeOf(fields, true),
  [`${MACHINERY}api.resource.Quantity`]: ({ string }) => string ?? '0',
  [`${MACHINERY}util.intstr.IntOrString`]: ({ type, intVal, strVal }) =>
    type ? (strVal ?? '') : (intVal ?? 0),
  [`${MACHINERY}apis.meta.v1.FieldsV1`]: ({ Raw }) => jsonOfBytes(Raw),
  [`${MACHINERY}runtime.RawExtension`]: ({ raw }) => jsonOfBytes(raw),
  'k8s.io.api.authentication.v1.ExtraValue': ({ items }) => items ?? [],
  'k8s.io.api.authorization.v1.ExtraValue': ({ items }) => items ?? [],
};

function decodeValue(type: string, value: bigint | Buffer): unknown {
  if (typeof value === 'bigint') {
    return type === 'bool' ? value !== 0n : Number(value);
  }
  if (type === 'string') {
    return value.toString('utf8');
  }
  return type === 'bytes' ? value.toString('base64') : decode(type, value);
}

/** The zero of a scalar, which Go writes whether it was given or not. */
function isUnset(value: unknown): boolean {
  return value === '' || value === 0 || value === false || value === undefined;
}

function mapEntry(type: string, bytes: Buffer): [string, unknown] {
  let key = '';
  let value = decodeValue(type, Buffer.alloc(0));
  for (const field of wireFields(bytes)) {
    if (field.number === 1) {
      key = String(decodeValue('string', field.value));
    } else {
      value = decodeValue(type, field.value);
    }
  }
  return [key, value];
}

function decode(message: string, bytes: Buffer): unknown {
  const fields = fieldNumbers().messages[message] ?? {};
  const result: JsonNode = {};
  for (const { number, value: raw } of wireFields(bytes)) {
    const [name, type, kind] = fields[number] ?? [];
    if (!name || !type) {
      continue;
    }
    if (kind === 'map' && Buffer.isBuffer(raw)) {
      const [key, value] = mapEntry(type, raw);
      result[name] = { ...(result[name] as JsonNode), [key]: value };
      continue;
    }
    const value = decodeValue(type, raw);
    if (kind === 'repeated') {
      result[name] = [...((result[name] as unknown[]) ?? []), value];
    } else if (kind === 'inline') {
      Object.assign(result, value);
    } else if (kind === 'pointer' || !isUnset(value)) {
      result[name] = value;
    }
  }
  return AS_JSON[message] ? AS_JSON[message](result) : result;
}

/**
 * Reads an object in Kubernetes' protobuf envelope as the same object in JSON; `undefined` for a kind without known
 * field numbers. Throws 400 for what is no such envelope.
 */
export function decodeProtobuf(body: Buffer): JsonNode | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw badRequest(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  }
  let apiVersion = '';
  let kind = '';
  let raw: Buffer = Buffer.alloc(0);
  for (const { number, value } of wireFields(body.subarray(MAGIC.length))) {
    if (number === 1 && Buffer.isBuffer(value)) {
      for (const each of wireFields(value)) {
        const text = String(decodeValue('string', each.value));
        [apiVersion, kind] =
          each.number === 1 ? [text, kind] : [apiVersion, text];
      }
    } else if (number === 2 && Buffer.isBuffer(value)) {
      raw = value;
    }
  }
  const { kinds } = fieldNumbers();
  const message = kinds[`${apiVersion}/${kind}`] ?? kinds[`*/${kind}`];
  const object = message && decode(message, raw);
  return isRecord(object) ? { apiVersion, kind, ...object } : undefined;
}
