import express from 'express';
import type { AddressInfo } from 'node:net';
import { createApiRouter } from './api';
import { requireBasicAuth } from './authorize';
import { createBrowseRouter } from './browse';
import { isValidName, Repositories } from './Repositories';
import { createSmartHttpRouter } from './smartHttp';

/** Options of {@link startDemoForge}. */
export interface DemoForgeOptions {
  /** Folder of the bare repositories; made when missing. */
  root: string;
  /** 0 for any free port. */
  port: number;
  /** Who may create repositories and push. */
  username: string;
  password: string;
  /** Organisations that exist. */
  owners?: readonly string[];
}

/** A running forge. */
export interface DemoForge {
  url: string;
  stop(): Promise<void>;
}

const DEFAULT_OWNERS = ['demo', 'platform', 'team-search', 'team-chat'];

/**
 * Starts a git host on loopback that answers like Gitea, as far as Backstage calls it.
 *
 * @throws Error when the port is taken or an owner is no valid name.
 */
export async function startDemoForge(
  options: DemoForgeOptions,
): Promise<DemoForge> {
  const { root, port, username, password, owners = DEFAULT_OWNERS } = options;
  const wrong = owners.find(owner => !isValidName(owner));
  if (wrong !== undefined) throw new Error(`"${wrong}" is no valid owner`);

  const repositories = new Repositories(root, owners);
  const requireWriter = requireBasicAuth(username, password);
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_req, res) => {
    res.send('ok');
  });
  app.use('/api/v1', createApiRouter(repositories, requireWriter));
  app.use(createSmartHttpRouter(repositories, requireWriter));
  app.use(createBrowseRouter(repositories));

  const server = app.listen(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${bound}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
