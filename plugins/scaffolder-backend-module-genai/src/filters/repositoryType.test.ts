import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createRepositoryTypeFilter } from './repositoryType';

describe('repositoryType', () => {
  const { filter } = createRepositoryTypeFilter(
    ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          gitea: [{ host: 'localhost:3100', baseUrl: 'http://localhost:3100' }],
          gitlab: [{ host: 'gitlab.com' }],
        },
      }),
    ),
  );

  it.each([
    ['localhost:3100?owner=demo&repo=chat', 'gitea'],
    ['gitlab.com?owner=demo&repo=chat', 'gitlab'],
    ['github.com?owner=demo&repo=chat', 'github'],
    ['nowhere.example?owner=demo&repo=chat', 'unknown'],
    ['', 'unknown'],
  ])('%s is %s', (repoUrl, type) => {
    expect(filter(repoUrl)).toBe(type);
  });
});
