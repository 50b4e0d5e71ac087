import type { ConfigApi } from '@backstage/core-plugin-api';
import type { ScmIntegrationRegistry } from '@backstage/integration';

/** A git host that a golden path can publish to. */
export interface GitHost {
  host: string;
  title: string;
  type: GitHostType;
}

const TYPES = ['gitea', 'gitlab', 'github'] as const;
type GitHostType = (typeof TYPES)[number];

/**
 * Hosts with an entry under `integrations` in app-config. Public GitHub and GitLab are known to every portal, whether it can
 * publish there or not, so they count only if they are configured, or if nothing is.
 */
export function gitHostsOf(
  integrations: ScmIntegrationRegistry,
  config: ConfigApi,
): GitHost[] {
  const known = TYPES.flatMap(type =>
    integrations[type]
      .list()
      .map(({ title, config: { host } }) => ({ host, title, type })),
  );
  const configured = known.filter(({ host, type }) =>
    (config.getOptionalConfigArray(`integrations.${type}`) ?? []).some(
      // An entry for github.com or gitlab.com may leave its host out.
      entry => (entry.getOptionalString('host') ?? `${type}.com`) === host,
    ),
  );
  return configured.length > 0 ? configured : known;
}

/** Owner and name on a host. */
export interface Repository {
  host: string;
  owner: string;
  repo: string;
}

/** As publish actions take it: `host?owner=...&repo=...`. */
export function toRepoUrl({ host, owner, repo }: Repository): string {
  return `${host}?${new URLSearchParams({ owner, repo })}`;
}

/** What is missing is empty. */
export function fromRepoUrl(repoUrl: string | undefined): Repository {
  const [host, query] = (repoUrl ?? '').split('?', 2);
  const values = new URLSearchParams(query);
  return {
    host,
    owner: values.get('owner') ?? '',
    repo: values.get('repo') ?? '',
  };
}

// Letters and digits outside, the same and -._ inside; groups of GitLab may be nested.
const NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;

/** What is wrong with a repository, one sentence for a person; undefined when nothing is. */
export function repositoryFault({
  host,
  owner,
  repo,
}: Repository): string | undefined {
  if (!host) return 'Choose the host of the repository';
  if (!owner.split('/').every(part => NAME.test(part))) {
    return 'Owner: the organisation, group or user on the host; letters, digits, ".", "_" and "-"';
  }
  if (!NAME.test(repo)) {
    return 'Repository: letters, digits, ".", "_" and "-"; starts and ends with a letter or digit';
  }
  return undefined;
}
