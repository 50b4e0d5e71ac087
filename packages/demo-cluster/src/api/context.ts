import { IncomingMessage, ServerResponse } from 'node:http';
import { User } from '../auth/users';
import { RequestedResource, RequestInfo } from './requestInfo';
import { ResourceInfo } from '../store/ResourceRegistry';
import { MemoryStore } from '../store/MemoryStore';

/** One request with all that is known about it. */
export interface Context {
  request: IncomingMessage;
  response: ServerResponse;
  info: RequestInfo;
  query: URLSearchParams;
  user: User;
  store: MemoryStore;
}

/** A request for a resource that exists. */
export interface ResourceContext extends Context {
  resource: ResourceInfo;
  requested: RequestedResource;
}
