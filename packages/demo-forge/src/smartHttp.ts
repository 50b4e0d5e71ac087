import { spawn } from 'node:child_process';
import { createGunzip } from 'node:zlib';
import express, {
  Router,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { Repositories } from './Repositories';

const SERVICES = ['git-upload-pack', 'git-receive-pack'] as const;
type Service = (typeof SERVICES)[number];

const isService = (value: unknown): value is Service =>
  SERVICES.includes(value as Service);

const pktLine = (text: string) =>
  `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

function noCache(res: Response, contentType: string) {
  res.setHeader('Cache-Control', 'no-cache');
  res.setHeader('Content-Type', contentType);
}

const PUSH_LIMIT_BYTES = 100 * 1024 * 1024;

/** git's smart HTTP protocol (version 0), served by the real git in stateless mode. */
export function createSmartHttpRouter(
  repositories: Repositories,
  requireWriter: RequestHandler,
): Router {
  const router = Router();

  // Each route names the one place its service is taken from: a second place would let a caller say one service to
  // this check and another to git.
  const writerOnly =
    (serviceOf: (req: Request) => unknown): RequestHandler =>
    (req, res, next) => {
      if (serviceOf(req) === 'git-upload-pack') next();
      else requireWriter(req, res, next);
    };

  const folderOf = (owner: string, repository: string) =>
    repositories.find({ owner, name: repository.replace(/\.git$/, '') });

  router.get(
    '/:owner/:repository/info/refs',
    writerOnly(req => req.query.service),
    (req, res) => {
      const { service } = req.query;
      const folder = folderOf(req.params.owner, req.params.repository);
      if (!folder || !isService(service)) {
        res.status(404).send('no such repository\n');
        return;
      }
      noCache(res, `application/x-${service}-advertisement`);
      res.write(`${pktLine(`# service=${service}\n`)}0000`);
      const child = spawn(
        'git',
        [service.slice(4), '--stateless-rpc', '--advertise-refs', folder],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      child.on('error', () => res.destroy());
      child.stdout.pipe(res);
    },
  );

  router.post(
    '/:owner/:repository/:service(git-upload-pack|git-receive-pack)',
    writerOnly(req => req.params.service),
    (req, res) => {
      const service = req.params.service as Service;
      const folder = folderOf(req.params.owner, req.params.repository);
      if (!folder) {
        res.status(404).send('no such repository\n');
        return;
      }
      noCache(res, `application/x-${service}-result`);
      const child = spawn(
        'git',
        [service.slice(4), '--stateless-rpc', folder],
        { stdio: ['pipe', 'pipe', 'ignore'] },
      );
      child.on('error', () => res.destroy());
      child.stdin.on('error', () => undefined);
      child.stdout.pipe(res);
      let size = 0;
      const body =
        req.headers['content-encoding'] === 'gzip'
          ? req.pipe(createGunzip())
          : req;
      body.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > PUSH_LIMIT_BYTES) {
          child.kill();
          res.destroy();
        }
      });
      body.on('error', () => child.kill());
      body.pipe(child.stdin);
    },
  );
  return router;
}

/** Body parser of the JSON API; pushes have none. */
export const jsonBody = express.json({ limit: '64kb' });
