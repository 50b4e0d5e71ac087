import type { ScmIntegrationRegistry } from '@backstage/integration';
import { createTemplateFilter } from '@backstage/plugin-scaffolder-node/alpha';

/**
 * Template filter `repositoryType`: tells which publish action fits the host of a `repoUrl`, from the portal's
 * integrations. `localhost:3000?owner=a&repo=b | repositoryType` gives `gitea`; a host without integration gives `unknown`.
 */
export function createRepositoryTypeFilter(
  integrations: ScmIntegrationRegistry,
) {
  return createTemplateFilter({
    id: 'repositoryType',
    description:
      'Type of the integration (github, gitlab, gitea, ...) that a repoUrl belongs to, or "unknown"',
    schema: z => z.function().args(z.string()).returns(z.string()),
    filter: (repoUrl: string) => {
      const host = repoUrl.replace(/^https?:\/\//, '').split(/[/?]/)[0];
      return integrations.byHost(host)?.type ?? 'unknown';
    },
  });
}
