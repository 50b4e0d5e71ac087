import { problemsOf } from './__testUtils__/problemsOf';
import { inferencePlanRequestSchema } from './inferencePlan';

const problems = (wishes: Record<string, unknown>) =>
  problemsOf(inferencePlanRequestSchema, { model: 'Qwen/Qwen3-8B', ...wishes });

describe('the question of an inference plan', () => {
  it.each(['vllm', 'tgi-substratus', 'acme/serve', 'acme-ai/serve-2-x'])(
    'may name the engine %s',
    engine => {
      expect(problems({ engine })).toEqual([]);
    },
  );

  it.each([
    'vLLM',
    'serve',
    'acme/',
    'acme/serve/2',
    'acme/a-b-c-d',
    '2/serve',
  ])('does not name the engine %s, and hears which there are', engine => {
    expect(problems({ engine })).toEqual([
      'engine: must be one of vllm, tgi, tgi-substratus, sglang, llama-cpp, tei, triton, kserve, nim, or an added engine such as acme/serve',
    ]);
  });

  it.each(['0.11', 'v0.11.0', '0.11.0rc1', '25.08-py3', '0.6.3.post1', '3'])(
    'may name the release %s',
    engineVersion => {
      expect(problems({ engineVersion })).toEqual([]);
    },
  );

  it.each(['latest', '', 'v', '0.11.0 ; x'.repeat(5), '.1'])(
    'does not name the release %j',
    engineVersion => {
      expect(problems({ engineVersion })[0]).toMatch(/^engineVersion: /);
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['gpuCount', { gpuCount: 0 }],
    ['gpuCount', { gpuCount: 1.5 }],
    ['contextLength', { contextLength: 0 }],
    ['gpuMemoryUtilization', { gpuMemoryUtilization: 1 }],
    ['queue', { queue: 'Queue' }],
  ])('names %s where %j cannot be planned', (field, wishes) => {
    expect(problems(wishes)).toEqual([
      expect.stringMatching(new RegExp(`^${field}: `)),
    ]);
  });
});
