import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';

/**
 * Template filter `repositoryGitUrl`: the address at which Git, Flux and Argo CD find the repository of a `repoUrl`.
 * `github.com?owner=acme&repo=chat` gives `https://github.com/acme/chat.git`; hosts of other types than GitHub, GitLab and
 * Gitea give their text back.
 */
export function createRepositoryGitUrlFilter(
  integrations: ScmIntegrationRegistry,
) {
  return createTemplateFilter({
    id: 'repositoryGitUrl',
    description:
      'Address for git clone of the repository that a repoUrl names, on GitHub, GitLab and Gitea',
    schema: z => z.function().args(z.string()).returns(z.string()),
    filter: (repoUrl: string) => {
      const [host, query = ''] = repoUrl.split('?');
      const parameters = new URLSearchParams(query);
      const owner = parameters.get('owner');
      const repo = parameters.get('repo');
      const base = baseUrlOf(integrations, host);
      return base && owner && repo
        ? `${base.replace(/\/+$/, '')}/${owner}/${repo}.git`
        : repoUrl;
    },
  });
}

function baseUrlOf(
  integrations: ScmIntegrationRegistry,
  host: string,
): string | undefined {
  switch (integrations.byHost(host)?.type) {
    case 'github':
      return `https://${host}`;
    case 'gitlab':
      return integrations.gitlab.byHost(host)?.config.baseUrl;
    case 'gitea':
      return integrations.gitea.byHost(host)?.config.baseUrl;
    default:
      return undefined;
  }
}
