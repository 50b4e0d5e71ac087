import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createRepositoryGitUrlFilter } from './repositoryGitUrl';

describe('repositoryGitUrl', () => {
  const { filter } = createRepositoryGitUrlFilter(
    ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          gitea: [
            { host: 'localhost:3100', baseUrl: 'http://localhost:3100/' },
            { host: 'git.acme.test' },
          ],
          gitlab: [
            {
              host: 'gitlab.acme.test',
              apiBaseUrl: 'https://acme.test/gitlab/api/v4',
              baseUrl: 'https://acme.test/gitlab',
            },
          ],
        },
      }),
    ),
  );

  it.each([
    [
      'localhost:3100?owner=demo&repo=chat',
      'http://localhost:3100/demo/chat.git',
    ],
    [
      'git.acme.test?owner=demo&repo=chat',
      'https://git.acme.test/demo/chat.git',
    ],
    [
      'gitlab.com?owner=acme%2Fai&repo=chat',
      'https://gitlab.com/acme/ai/chat.git',
    ],
    [
      'gitlab.acme.test?owner=ai&repo=chat',
      'https://acme.test/gitlab/ai/chat.git',
    ],
    ['github.com?owner=acme&repo=chat', 'https://github.com/acme/chat.git'],
    ['github.com?owner=acme', 'github.com?owner=acme'],
    ['nowhere.example?owner=a&repo=b', 'nowhere.example?owner=a&repo=b'],
    ['https://github.com/acme/chat.git', 'https://github.com/acme/chat.git'],
    ['', ''],
  ])('of %s is %s', (repoUrl, url) => {
    expect(filter(repoUrl)).toBe(url);
  });
});
