import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { createObjectStore } from '../store/MemoryStore';
import { ResourceContext } from './context';
import { watch } from './watch';

const PODS = { group: '', version: 'v1', plural: 'pods' };

/** A watch whose response never closes, as when a caller stops reading but stays. */
async function watchOfHalfOpenCaller(query: string) {
  const store = createObjectStore();
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const faults: Error[] = [];
  response.on('error', fault => faults.push(fault));
  await watch({
    store,
    request,
    response,
    query: new URLSearchParams(query),
    resource: store.registry.find(PODS)!,
    requested: { namespace: 'default' },
  } as unknown as ResourceContext);
  const create = (name: string) =>
    store.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
    });
  return { response, faults, create };
}

describe('a watch that has ended while its caller does not read', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('writes no more bookmarks and no more events', async () => {
    const { response, faults, create } = await watchOfHalfOpenCaller(
      'watch=true&allowWatchBookmarks=true&timeoutSeconds=40',
    );
    jest.advanceTimersByTime(41_000);
    expect(response.writableEnded).toBe(true);
    create('late');
    jest.advanceTimersByTime(60_000);
    await new Promise(setImmediate);
    expect(faults).toEqual([]);
  });
});
