import { mockServices } from '@backstage/backend-test-utils';
import type { ModelServersResponse } from '@promptside/backstage-plugin-genai-common';
import { cluster, server } from '../__testUtils__/servers';
import { serverCoverage } from './Coverage';
import { readAllPages } from './readAllPages';

const { isFullyCovered } = serverCoverage;

function answer(
  names: string[],
  parts: Partial<ModelServersResponse> = {},
): ModelServersResponse {
  return {
    items: names.map(name => server(name)),
    totalCount: 3,
    clusters: [cluster('west')],
    ...parts,
  };
}

describe('readAllPages', () => {
  const auth = mockServices.auth.mock({
    getOwnServiceCredentials: async () => ({
      $$type: '@backstage/BackstageCredentials',
      principal: { type: 'service', subject: 'plugin:catalog' },
    }),
    getPluginRequestToken: async ({ targetPluginId }) => ({
      token: `for-${targetPluginId}`,
    }),
  });

  it('reads page after page as the catalog itself', async () => {
    const getModelServers = jest
      .fn<Promise<ModelServersResponse>, unknown[]>()
      .mockResolvedValueOnce(answer(['a', 'b'], { nextCursor: 'after-b' }))
      .mockResolvedValueOnce(answer(['c']));
    const { signal } = new AbortController();
    const all = await readAllPages(
      getModelServers,
      serverCoverage,
      auth,
      signal,
    );
    expect(all.items.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(all.clusters).toEqual([cluster('west')]);
    const options = { token: 'for-genai', signal };
    expect(getModelServers.mock.calls).toEqual([
      [{ limit: 500, cursor: undefined }, options],
      [{ limit: 500, cursor: 'after-b' }, options],
    ]);
  });

  it.each([[['Live', 'Syncing']], [['Syncing', 'Live']]] as const)(
    'does not cover a cluster that is %j on its pages',
    async ([first, second]) => {
      const getModelServers = jest
        .fn()
        .mockResolvedValueOnce(
          answer(['a'], {
            nextCursor: 'after-a',
            clusters: [cluster('east'), cluster('west', first)],
          }),
        )
        .mockResolvedValueOnce(
          answer([], { clusters: [cluster('east'), cluster('west', second)] }),
        );
      const { clusters } = await readAllPages(
        getModelServers,
        serverCoverage,
        auth,
      );
      expect(
        clusters.map(status => [status.name, isFullyCovered(status)]),
      ).toEqual([
        ['east', true],
        ['west', false],
      ]);
    },
  );

  it('gives no part of a list when a page fails', async () => {
    const getModelServers = jest
      .fn()
      .mockResolvedValueOnce(answer(['a'], { nextCursor: 'after-a' }))
      .mockRejectedValueOnce(new Error('backend restarts'));
    await expect(
      readAllPages(getModelServers, serverCoverage, auth),
    ).rejects.toThrow('backend restarts');
  });
});
