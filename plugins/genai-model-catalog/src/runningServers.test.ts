import type { ModelServersResponse } from '@promptside/backstage-plugin-genai-common';
import { countRunning } from './runningServers';
import {
  demoCluster,
  embedder,
  gemma,
  ready,
} from './__fixtures__/modelAnswers';

const answer = (
  patch: Partial<ModelServersResponse> = {},
): ModelServersResponse => ({
  items: [ready],
  totalCount: 1,
  clusters: [demoCluster],
  ...patch,
});

describe('countRunning', () => {
  it('counts servers of the model, whatever the case of its id', () => {
    const shouted = { ...ready, model: { id: 'Google/Gemma-2-9B-it' } };
    expect(countRunning(gemma, answer({ items: [ready, shouted] }))).toBe(2);
  });

  it('counts those of a quantized edition', () => {
    const repository = 'someone/gemma-2-9b-it-fp8';
    const [original, fp8] = gemma.variants;
    const model = { ...gemma, variants: [original, { ...fp8, repository }] };
    const edition = { ...ready, model: { id: repository } };
    expect(countRunning(model, answer({ items: [edition] }))).toBe(1);
    expect(countRunning(gemma, answer({ items: [edition] }))).toBe(0);
  });

  it('does not count what is scaled to zero', () => {
    const stopped = { ...ready, state: 'Stopped' as const };
    expect(countRunning(gemma, answer({ items: [stopped] }))).toBe(0);
  });

  it.each([
    ['nothing was read yet', undefined],
    ['the list is cut off', answer({ totalCount: 501 })],
    [
      'a cluster cannot be read',
      answer({ clusters: [{ ...demoCluster, state: 'Unavailable' }] }),
    ],
  ])('does not say zero when %s', (_case, given) =>
    expect(countRunning(embedder, given)).toBeUndefined(),
  );
});
