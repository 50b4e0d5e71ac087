/** What a request asks for, read from its method and path alone. */
export interface RequestInfo {
  path: string;
  query: URLSearchParams;
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; the method for other paths. */
  verb: string;
  /** Absent for paths that are no resource, e.g. `/version`. */
  resource?: RequestedResource;
}

/** The part of a path which names a resource. */
export interface RequestedResource {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
  /** What follows the subresource, for proxies; still percent-encoded, starts with `/`. */
  rest?: string;
}

const VERBS: Record<string, string> = {
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

function decode(text: string | undefined): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function resourceOf(
  group: string,
  version: string,
  parts: string[],
): RequestedResource | undefined {
  let namespace: string | undefined;
  let rest = parts;
  if (
    rest[0] === 'namespaces' &&
    rest.length > 2 &&
    !(rest.length === 3 && ['status', 'finalize'].includes(rest[2]))
  ) {
    namespace = decode(rest[1]);
    rest = rest.slice(2);
  }
  const [plural, name, subresource, ...more] = rest;
  if (!plural) {
    return undefined;
  }
  return {
    group,
    version,
    plural,
    namespace,
    name: decode(name || undefined),
    subresource: subresource || undefined,
    rest: more.length ? `/${more.join('/')}` : undefined,
  };
}

/** Reads a request line. */
export function parseRequest(method: string, url: string): RequestInfo {
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const query = new URLSearchParams(question < 0 ? '' : url.slice(question));
  const parts = path.split('/').slice(1);
  const trimmed =
    parts[parts.length - 1] === '' ? parts.slice(0, -1) : [...parts];
  const resource =
    trimmed[0] === 'api' && trimmed.length > 2
      ? resourceOf('', trimmed[1], parts.slice(2))
      : trimmed[0] === 'apis' && trimmed.length > 3
        ? resourceOf(trimmed[1], trimmed[2], parts.slice(3))
        : undefined;
  if (!resource) {
    return { path, query, verb: method.toLowerCase() };
  }
  let verb = VERBS[method] ?? method.toLowerCase();
  if (!resource.name) {
    if (verb === 'get') {
      verb = ['1', 'true'].includes(query.get('watch') ?? '')
        ? 'watch'
        : 'list';
    } else if (verb === 'delete') {
      verb = 'deletecollection';
    }
  }
  return { path, query, verb, resource };
}
