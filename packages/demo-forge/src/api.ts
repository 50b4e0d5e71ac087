import { Router, type RequestHandler } from 'express';
import { isValidName, type Repositories } from './Repositories';
import { jsonBody } from './smartHttp';

/** The part of Gitea's REST API (v1) that publish:gitea and the URL reader call. */
export function createApiRouter(
  repositories: Repositories,
  requireWriter: RequestHandler,
): Router {
  const router = Router();

  router.get('/version', (_req, res) => {
    res.json({ version: '1.22.0' });
  });

  router.get('/orgs/:owner', (req, res) => {
    const { owner } = req.params;
    if (repositories.hasOwner(owner))
      res.json({ username: owner, name: owner });
    else res.status(404).json({ message: `organisation ${owner} is unknown` });
  });

  router.post(
    '/orgs/:owner/repos',
    requireWriter,
    jsonBody,
    async (req, res) => {
      const { owner } = req.params;
      const name = (req.body as { name?: unknown })?.name;
      if (!repositories.hasOwner(owner)) {
        res.status(404).json({ message: `organisation ${owner} is unknown` });
      } else if (typeof name !== 'string' || !isValidName(name)) {
        res.status(422).json({ message: 'name: is not a repository name' });
      } else if (!(await repositories.create({ owner, name }))) {
        res.status(409).json({
          message: `The repository ${owner}/${name} already exists; choose another name`,
        });
      } else {
        res.status(201).json({
          name,
          full_name: `${owner}/${name}`,
          default_branch: 'main',
        });
      }
    },
  );

  router.get('/repos/:owner/:name/git/commits/:ref', async (req, res) => {
    const folder = repositories.find(req.params);
    const sha = folder && (await repositories.resolve(folder, req.params.ref));
    if (sha) res.json({ sha });
    else res.status(404).json({ message: 'no such commit' });
  });

  router.get('/repos/:owner/:name/contents/*', async (req, res) => {
    const folder = repositories.find(req.params);
    const ref = typeof req.query.ref === 'string' ? req.query.ref : 'main';
    const sha = folder && (await repositories.resolve(folder, ref));
    const path = (req.params as unknown as Record<number, string>)[0];
    const content = sha && (await repositories.readFile(folder!, sha, path));
    if (content) {
      res.json({
        path,
        encoding: 'base64',
        content: content.toString('base64'),
      });
    } else res.status(404).json({ message: 'no such file' });
  });

  router.get('/repos/:owner/:name/archive/:file', async (req, res) => {
    const folder = repositories.find(req.params);
    const ref = req.params.file.replace(/\.tar\.gz$/, '');
    const sha = folder && (await repositories.resolve(folder, ref));
    const archive =
      sha && (await repositories.archive(folder!, sha, req.params.name));
    if (archive) res.type('application/gzip').send(archive);
    else res.status(404).json({ message: 'no such commit' });
  });

  return router;
}
