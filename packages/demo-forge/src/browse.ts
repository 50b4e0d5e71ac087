import { Router } from 'express';
import type { Repositories } from './Repositories';

const escape = (text: string) =>
  text.replace(
    /[&<>"']/g,
    char =>
      ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[
        char
      ]!,
  );

const encodePath = (path: string) =>
  path.split('/').map(encodeURIComponent).join('/');

// No script at all, and nothing from elsewhere: what was pushed here is shown as text only.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
ul { list-style: none; padding: 0 } li { padding: .2rem 0 }
pre { padding: 1rem; overflow-x: auto; border: 1px solid #8886; border-radius: 6px }
small { opacity: .75 }
</style>
<h1>${escape(title)}</h1>
${body}
</html>`;

/** A plain view of files and commits, so that the repository link in the portal leads somewhere. */
export function createBrowseRouter(repositories: Repositories): Router {
  const router = Router();
  router.use((_req, res, next) => {
    res.setHeader('Content-Security-Policy', POLICY);
    res.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  });

  router.get('/', (_req, res) => {
    const items = repositories
      .owners()
      .flatMap(owner =>
        repositories.list(owner).map(name => `${owner}/${name}`),
      )
      .map(
        path => `<li><a href="/${encodePath(path)}">${escape(path)}</a></li>`,
      );
    res.send(
      page(
        'Repositories of the demo',
        items.length > 0
          ? `<ul>${items.join('')}</ul>`
          : '<p>There is none yet: create a service in the portal.</p>',
      ),
    );
  });

  router.get(
    ['/:owner/:name/src/branch/:ref', '/:owner/:name/src/branch/:ref/*'],
    async (req, res) => {
      const { owner, name, ref } = req.params;
      const path = (
        (req.params as unknown as Record<number, string>)[0] ?? ''
      ).replace(/\/+$/, '');
      const folder = repositories.find({ owner, name });
      const sha = folder && (await repositories.resolve(folder, ref));
      if (!sha) {
        res.status(404).send(page('Not found', '<p>No such branch.</p>'));
        return;
      }
      const title = [owner, name, path].filter(Boolean).join('/');
      const base = `/${encodePath(`${owner}/${name}`)}/src/branch/${encodeURIComponent(ref)}`;
      const tree = await repositories.listTree(folder!, sha, path);
      if (tree) {
        const commits = await repositories.log(folder!, sha, 5);
        const up = path
          ? `<li><a href="${base}/${encodePath(path.split('/').slice(0, -1).join('/'))}">..</a></li>`
          : '';
        res.send(
          page(
            title,
            `<ul>${up}${tree
              .map(
                ({ type, name: entry }) =>
                  `<li><a href="${base}/${encodePath(path ? `${path}/${entry}` : entry)}">${escape(entry)}${type === 'tree' ? '/' : ''}</a></li>`,
              )
              .join('')}</ul><h2>Commits</h2><ul>${commits
              .map(
                commit =>
                  `<li>${escape(commit.subject)} <small>${escape(commit.sha.slice(0, 8))} · ${escape(commit.author)} · ${escape(commit.at)}</small></li>`,
              )
              .join('')}</ul>`,
          ),
        );
        return;
      }
      const file = await repositories.readFile(folder!, sha, path);
      if (!file) {
        res.status(404).send(page('Not found', '<p>No such file.</p>'));
        return;
      }
      res.send(page(title, `<pre>${escape(file.toString('utf8'))}</pre>`));
    },
  );

  router.get(['/:owner/:name', '/:owner/:name.git'], (req, res) => {
    const { owner, name } = req.params;
    const repository = name.replace(/\.git$/, '');
    if (!repositories.find({ owner, name: repository })) {
      res.status(404).send(page('Not found', '<p>No such repository.</p>'));
      return;
    }
    res.redirect(`/${encodePath(`${owner}/${repository}`)}/src/branch/main/`);
  });
  return router;
}
