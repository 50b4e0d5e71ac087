import { createMockDirectory } from '@backstage/backend-test-utils';
import { modelsResponseSchema } from '@promptside/backstage-plugin-genai-common';
import { CURATED_MODELS } from '@promptside/backstage-plugin-genai-node';
import {
  startGenaiBackend,
  type GenaiTestBackend,
} from '../__testUtils__/startGenaiBackend';

describe('GET /v1/models', () => {
  const [curated] = CURATED_MODELS;
  const folder = createMockDirectory({
    content: {
      'ours.yaml': JSON.stringify({
        models: [
          { ...curated, id: 'acme/own' },
          { ...curated, id: 'acme/bad', layers: 'many' },
        ],
      }),
    },
  });
  let backend: GenaiTestBackend;

  beforeAll(async () => {
    backend = await startGenaiBackend({
      genai: {
        models: { sources: { ours: { file: folder.resolve('ours.yaml') } } },
      },
    });
    await backend.untilLive();
  });

  afterAll(() => backend.stop());

  const read = async () =>
    modelsResponseSchema.parse((await backend.get('/v1/models')).body);

  it("has the adopter's models, what is wrong in the file, and can plan for them", async () => {
    let answer = await read();
    while (answer.sources![0].state === 'Loading') answer = await read();
    expect(answer.items).toHaveLength(CURATED_MODELS.length + 1);
    expect(answer.sources).toMatchObject([
      { state: 'Loaded', faults: [{ line: 1, field: 'models.1.layers' }] },
    ]);
    const plan = await backend.post('/v1/inference-plans', {
      model: 'acme/own',
      cluster: 'one',
    });
    expect(plan.status).toBe(200);
    const none = await backend.post('/v1/inference-plans', {
      model: 'acme/bad',
      cluster: 'one',
    });
    expect(none.status).toBe(404);
  });

  it('answers 304 as long as no model has changed', async () => {
    const { headers } = await backend.get('/v1/models');
    const again = await backend
      .get('/v1/models')
      .set('If-None-Match', headers.etag);
    expect(again.status).toBe(304);
  });
});
