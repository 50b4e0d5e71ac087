import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Attributes, Authorizer, refusal } from '../auth/Authorizer';
import { ANONYMOUS, User } from '../auth/users';
import {
  ApiStatusError,
  forbidden,
  isUnknownPath,
  pathNotFound,
} from '../store/ApiStatusError';
import { MemoryStore } from '../store/MemoryStore';
import { openApi } from '../store/openapi';
import { Context, ResourceContext } from './context';
import {
  AGGREGATED_TYPE,
  discoveryDocument,
  wantsAggregated,
} from './discovery';
import { list, requestedObject, sendObject } from './read';
import {
  createOpenApiDocs,
  emptyOpenApiV2,
  OPENAPI_V2_PROTOBUF,
} from './openapiDocs';
import { parseRequest, RequestInfo } from './requestInfo';
import { sendError, sendJsonText, sendText, sendValue } from './respond';
import { isReview, review } from './reviews';
import { subresource, SubresourceOptions } from './subresources';
import { watch } from './watch';
import { create, patch, replace } from './write/handlers';
import { remove, removeCollection } from './write/remove';

/** What the API needs. */
export interface ApiOptions extends SubresourceOptions {
  store: MemoryStore;
  authorizer: Authorizer;
}

/** Answers one HTTP request. Never rejects. */
export type ApiHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

const SERVICE_ACCOUNTS = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
};

const HEALTH = new Set(['/healthz', '/livez', '/readyz']);

function notAllowed() {
  return new ApiStatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

function versionDocument() {
  const { version } = openApi();
  const [major, minor] = version.split('.');
  return {
    major,
    minor,
    emulationMajor: major,
    emulationMinor: minor,
    minCompatibilityMajor: major,
    minCompatibilityMinor: String(Number(minor) - 1),
    gitVersion: `v${version}`,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'node',
    platform: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}`,
  };
}

function attributesOf({ verb, path, resource }: RequestInfo): Attributes {
  if (!resource) {
    return { verb, path };
  }
  const { group, plural, subresource, namespace, name } = resource;
  return {
    verb,
    group,
    resource: subresource ? `${plural}/${subresource}` : plural,
    // The name of a namespace is its own scope.
    namespace: plural === 'namespaces' && !group ? name : namespace,
    name,
  };
}

/** Whether a path lies beside the API and its built-in groups; what is not there is no `Status` then. */
function isOutside(url: string): boolean {
  const [, first, group] = url.split(/[/?]/);
  return !(
    first === 'api' ||
    (first === 'apis' &&
      openApi().resources.some(resource => resource.group === group))
  );
}

/** Makes the handler of the API. */
export function createApi(options: ApiOptions): ApiHandler {
  const { store, authenticator, authorizer } = options;
  const docs = createOpenApiDocs(store.registry);

  // A token of a ServiceAccount ends with the account, also when another of the same name follows.
  const accountExists = ({ name, uid }: User) => {
    const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(name);
    if (!account) {
      return true;
    }
    const found = store.get(SERVICE_ACCOUNTS, account[1], account[2]);
    return found && (!uid || found.metadata.uid === uid);
  };

  const userOf = (request: IncomingMessage): User => {
    const header = request.headers.authorization;
    if (!header) {
      return ANONYMOUS;
    }
    const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
    const user = token && authenticator.authenticate(token);
    if (!user || !accountExists(user)) {
      throw new ApiStatusError(401, 'Unauthorized', 'Unauthorized');
    }
    const name = request.headers['impersonate-user'];
    if (typeof name !== 'string') {
      return user;
    }
    authorize(user, { verb: 'impersonate', resource: 'users', name });
    const groups = request.headers['impersonate-group'];
    return {
      name,
      groups: [
        ...(typeof groups === 'string' ? groups.split(/,\s*/) : (groups ?? [])),
        'system:authenticated',
      ],
    };
  };

  const authorize = (user: User, attributes: Attributes) => {
    if (authorizer.allows(user, attributes)) {
      return;
    }
    const message = refusal(user, attributes);
    if (attributes.path !== undefined) {
      throw new ApiStatusError(403, 'Forbidden', `forbidden: ${message}`, {});
    }
    const [plural] = (attributes.resource ?? '').split('/');
    throw forbidden(
      { group: attributes.group ?? '', plural },
      attributes.name ?? '',
      message,
    );
  };

  const answerResource = async (context: ResourceContext) => {
    const { info, requested, resource } = context;
    if (requested.subresource) {
      return subresource(context, options);
    }
    const { verb } = info;
    const anywhere = ['list', 'watch', 'deletecollection'].includes(verb);
    if (
      !resource.verbs.includes(verb) ||
      (['update', 'patch', 'delete'].includes(verb) && !requested.name) ||
      (verb === 'create' && requested.name)
    ) {
      throw notAllowed();
    }
    if (resource.namespaced && !requested.namespace && !anywhere) {
      throw notAllowed();
    }
    if (isReview(resource.group)) {
      return review(context, options);
    }
    switch (verb) {
      case 'list':
        return list(context);
      case 'watch':
        return watch(context);
      case 'create':
        return create(context);
      case 'update':
        return replace(context);
      case 'patch':
        return patch(context);
      case 'delete':
        return remove(context);
      case 'deletecollection':
        return removeCollection(context);
      default:
        return sendObject(context, requestedObject(context));
    }
  };

  const answerPath = (context: Context) => {
    const { request, response, info } = context;
    const { path } = info;
    if (HEALTH.has(path.replace(/\/$/, ''))) {
      sendText(response, 200, 'ok');
    } else if (path === '/version' || path === '/version/') {
      sendValue(request, response, 200, versionDocument());
    } else if (/^\/apis?(\/|$)/.test(path)) {
      const aggregated =
        /^\/apis?\/?$/.test(path) && wantsAggregated(request.headers.accept);
      sendJsonText(
        request,
        response,
        200,
        JSON.stringify(
          discoveryDocument(store.registry, path, {
            aggregated,
            address: request.headers.host ?? '',
          }),
        ),
        undefined,
        aggregated ? AGGREGATED_TYPE : undefined,
      );
    } else if (path === '/openapi/v2') {
      const { accept = '' } = request.headers;
      if (/proto-openapi/.test(accept) && !/json|\*\/\*/.test(accept)) {
        response.writeHead(200, { 'Content-Type': OPENAPI_V2_PROTOBUF });
        response.end(emptyOpenApiV2());
        return;
      }
      sendJsonText(request, response, 200, docs.v2());
    } else if (path === '/openapi/v3') {
      sendJsonText(request, response, 200, docs.v3Index());
    } else if (path.startsWith('/openapi/v3/')) {
      const document = docs.v3(path.slice('/openapi/v3/'.length));
      if (!document) {
        throw pathNotFound();
      }
      sendJsonText(request, response, 200, document);
    } else if (path === '/') {
      sendValue(request, response, 200, {
        paths: ['/api', '/apis', '/healthz', '/openapi/v2', '/version'],
      });
    } else {
      throw pathNotFound();
    }
  };

  return async (request, response) => {
    response.setHeader('Audit-Id', randomUUID());
    response.setHeader('Cache-Control', 'no-cache, private');
    try {
      const info = parseRequest(request.method ?? 'GET', request.url ?? '/');
      const user = userOf(request);
      authorize(user, attributesOf(info));
      const context: Context = {
        request,
        response,
        info,
        query: info.query,
        user,
        store,
      };
      const requested = info.resource;
      if (!requested) {
        answerPath(context);
        return;
      }
      const resource = store.registry.find(requested);
      if (!resource) {
        throw pathNotFound();
      }
      await answerResource({ ...context, resource, requested });
    } catch (error) {
      if (isOutside(request.url ?? '/') && isUnknownPath(error)) {
        sendText(response, 404, '404 page not found\n');
        return;
      }
      sendError(request, response, error);
    }
  };
}
