import { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import {
  ApiStatusError,
  badRequest,
  expired,
  notFound,
} from '../store/ApiStatusError';
import { jsonBody, jsonOf } from '../store/json';
import { apiVersionOf, KubeObject } from '../store/ObjectStore';
import { ResourceInfo } from '../store/ResourceRegistry';
import { Predicate, selectorPredicate } from '../store/selectors';
import { ResourceContext } from './context';
import { checkListOptions, requestedVersion } from './listOptions';
import { metadataOnly, tableOf } from './render';
import { GZIP_LEVEL, negotiate, sendJsonText, Wanted } from './respond';

/** Where a paged list goes on. */
type ContinueToken = { v: 'meta.k8s.io/v1'; rv: number; start: string };

function writeToken(token: ContinueToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string): ContinueToken {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (
      token.v === 'meta.k8s.io/v1' &&
      Number.isInteger(token.rv) &&
      typeof token.start === 'string'
    ) {
      return token;
    }
  } catch {
    // Falls through to the same answer as for a token of another form.
  }
  throw badRequest(
    `invalid continue token: continue key is not valid: ${JSON.stringify(text)} is not a token of this server`,
  );
}

function keyOf({ metadata: { namespace, name } }: KubeObject): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** A non-negative integer of the query. Throws 400 for anything else. */
export function numberParameter(
  query: URLSearchParams,
  name: string,
): number | undefined {
  const text = query.get(name);
  if (!text) {
    return undefined;
  }
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

/** The predicate of a request's selectors, and its name where one is asked for by path. */
export function predicateOf(context: ResourceContext): Predicate | undefined {
  const { query, resource } = context;
  return selectorPredicate(
    resource,
    {
      labelSelector: query.get('labelSelector') ?? undefined,
      fieldSelector: query.get('fieldSelector') ?? undefined,
    },
    resource.custom?.selectableFields,
  );
}

/** 504 for a version which the server has not reached. */
function checkVersionReached(version: number, current: number) {
  if (version > current) {
    throw new ApiStatusError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${version}, current: ${current}`,
      {
        causes: [
          {
            reason: 'ResourceVersionTooLarge',
            message: 'Too large resource version',
          },
        ],
        retryAfterSeconds: 1,
      },
    );
  }
}

interface Page {
  objects: KubeObject[];
  version: number;
  continueToken?: string;
  remaining?: number;
}

function objectsOf(
  context: ResourceContext,
  at: number | undefined,
): KubeObject[] {
  const { store, resource, requested } = context;
  if (resource.virtual) {
    return resource
      .virtual()
      .filter(
        ({ metadata }) =>
          !requested.namespace || metadata.namespace === requested.namespace,
      );
  }
  const table = store.table(resource);
  return at === undefined
    ? table.list(requested.namespace)
    : table.listAt(at, requested.namespace);
}

function pageOf(context: ResourceContext): Page {
  const { store, query } = context;
  const limit = numberParameter(query, 'limit') || Infinity;
  const matches = predicateOf(context);
  const token = query.get('continue');
  const match = query.get('resourceVersionMatch');
  const asked = requestedVersion(query);
  let version = store.version();
  let at: number | undefined;
  let start: string | undefined;
  if (token) {
    const decoded = readToken(token);
    at = decoded.rv;
    start = decoded.start;
    version = at;
  } else if (asked) {
    checkVersionReached(asked, version);
    if (match === 'Exact') {
      at = asked;
      version = asked;
    }
  }
  let objects = objectsOf(context, at === store.version() ? undefined : at);
  if (start !== undefined) {
    const from = objects.findIndex(object => keyOf(object) > start!);
    objects = from < 0 ? [] : objects.slice(from);
  }
  if (matches && limit === Infinity) {
    return { objects: objects.filter(matches), version };
  }
  if (objects.length <= limit && !matches) {
    return { objects, version };
  }
  const page: KubeObject[] = [];
  let index = 0;
  for (; index < objects.length && page.length < limit; index++) {
    if (!matches || matches(objects[index])) {
      page.push(objects[index]);
    }
  }
  if (index === objects.length) {
    return { objects: page, version };
  }
  return {
    objects: page,
    version,
    continueToken: writeToken({
      v: 'meta.k8s.io/v1',
      rv: version,
      start: keyOf(page[page.length - 1]),
    }),
    remaining: matches ? undefined : objects.length - index,
  };
}

/** One item of a list: built-in kinds come without `kind` and `apiVersion`. */
function itemText(resource: ResourceInfo, object: KubeObject): string {
  return resource.custom
    ? jsonOf(object, apiVersionOf(resource))
    : jsonBody(object);
}

const CHUNK = 1 << 20;
/** Lists of so many objects are compressed in one piece, which takes half of what it takes to stream them. */
const COMPRESSED_AT_ONCE = 2_000;
const SMALL = 100;

/** Resolves when more may be written, or nothing any more. */
function drained(target: Writable): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      target.off('drain', done).off('close', done);
      resolve();
    };
    target.on('drain', done).on('close', done);
  });
}

/** Writes without holding more than a chunk, at the reader's pace. */
async function stream(target: Writable, parts: Iterable<string>) {
  let buffer = '';
  for (const part of parts) {
    buffer += part;
    if (buffer.length >= CHUNK) {
      if (!target.write(buffer)) {
        await drained(target);
      }
      if (target.destroyed) {
        return;
      }
      buffer = '';
    }
  }
  target.end(buffer);
}

function* listParts(
  resource: ResourceInfo,
  page: Page,
  metadata: string,
): Iterable<string> {
  yield `{"kind":${JSON.stringify(resource.listKind)},"apiVersion":${JSON.stringify(
    apiVersionOf(resource),
  )},"metadata":${metadata},"items":[`;
  let separator = '';
  for (const object of page.objects) {
    yield separator;
    yield itemText(resource, object);
    separator = ',';
  }
  yield ']}\n';
}

/** Answers a list. */
export async function list(context: ResourceContext): Promise<void> {
  const { request, response, resource, store } = context;
  const wanted = negotiate(request);
  checkListOptions(context.query, 'list');
  let page: Page;
  try {
    page = pageOf(context);
  } catch (error) {
    if (error instanceof ApiStatusError && error.code === 410) {
      throw expired(error.message);
    }
    throw error;
  }
  const metadata = {
    resourceVersion: String(page.version),
    ...(page.continueToken && { continue: page.continueToken }),
    ...(page.remaining && { remainingItemCount: page.remaining }),
  };
  if (wanted.as === 'Table') {
    sendJsonText(
      request,
      response,
      200,
      JSON.stringify(
        tableOf(resource, page.objects, {
          now: store.now(),
          metadata,
          includeObject: context.query.get('includeObject') ?? 'Metadata',
        }),
      ),
    );
    return;
  }
  if (wanted.as) {
    sendJsonText(
      request,
      response,
      200,
      JSON.stringify({
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: page.objects.map(metadataOnly),
      }),
    );
    return;
  }
  const parts = listParts(resource, page, JSON.stringify(metadata));
  const compress = /\bgzip\b/.test(
    String(request.headers['accept-encoding'] ?? ''),
  );
  if (
    page.objects.length < (compress ? COMPRESSED_AT_ONCE : SMALL) ||
    wanted.format === 'yaml'
  ) {
    sendJsonText(request, response, 200, [...parts].join(''), wanted);
    return;
  }
  response.setHeader('Content-Type', 'application/json');
  if (compress) {
    response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Vary', 'Accept-Encoding');
    const compressed = createGzip({ level: GZIP_LEVEL, chunkSize: CHUNK });
    compressed.pipe(response);
    await stream(compressed, parts);
  } else {
    await stream(response, parts);
  }
}

/** The object a request names. Throws 404 when it is not there. */
export function requestedObject(context: ResourceContext): KubeObject {
  const { store, resource, requested } = context;
  const name = requested.name ?? '';
  const object = resource.virtual
    ? objectsOf(context, undefined).find(each => each.metadata.name === name)
    : store.get(resource, requested.namespace, name);
  if (!object) {
    throw notFound(resource, name);
  }
  return object;
}

/** Sends one object in the form the caller wants. */
export function sendObject(
  context: ResourceContext,
  object: KubeObject,
  code = 200,
  wanted: Wanted = negotiate(context.request),
) {
  const { request, response, resource, store } = context;
  let text: string;
  if (wanted.as === 'Table') {
    text = JSON.stringify(
      tableOf(resource, [object], {
        now: store.now(),
        metadata: { resourceVersion: object.metadata.resourceVersion },
        includeObject: context.query.get('includeObject') ?? 'Metadata',
      }),
    );
  } else if (wanted.as) {
    text = JSON.stringify(metadataOnly(object));
  } else {
    text = `${jsonOf(object, resource.custom ? apiVersionOf(resource) : undefined)}\n`;
  }
  sendJsonText(request, response, code, text, wanted);
}
