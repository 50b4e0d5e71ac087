import type {
  GpuNode,
  InferencePlanRequest,
} from '@promptside/backstage-plugin-genai-common';
import { A100, gpuNode, H100, L4, T4 } from './__fixtures__/gpuNodes';
import { CURATED_MODELS, findModel } from '../models';
import { codes, LLAMA_8B, plan } from './__fixtures__/plan';
import { planInference } from './planInference';

const quotaLine = (hard: number, used: number) => ({
  namespace: 'team-chat',
  name: 'gpus',
  resource: 'requests.nvidia.com/gpu',
  hard,
  used,
  left: hard - used,
});

describe('reasons of a plan', () => {
  it.each<[string, InferencePlanRequest, readonly GpuNode[], string]>([
    [
      'one sequence at full context',
      { model: LLAMA_8B, contextLength: 24576, gpuCount: 1 },
      [L4],
      'OneSequence',
    ],
    [
      'the last GPUs',
      { model: LLAMA_8B, replicas: 4, gpuCount: 1 },
      [L4],
      'LastGpus',
    ],
    [
      'an odd number of GPUs',
      { model: 'microsoft/phi-4', gpuCount: 5 },
      [H100],
      'UnusualTensorParallelSize',
    ],
    [
      'an FP8 cache without FP8 arithmetic',
      { model: LLAMA_8B, kvCacheDtype: 'fp8' },
      [A100],
      'Fp8CacheUnproven',
    ],
  ])('is tight with %s', (_, request, nodes, code) => {
    const answer = plan(request, nodes);
    expect(answer.verdict).toBe('Tight');
    expect(answer.reasons[0]).toMatchObject({ code, severity: 'Warning' });
    expect(answer.summary).toContain(answer.reasons[0].message);
  });

  it('is tight when less is left than the estimate may err', () => {
    const sized = plan({ model: LLAMA_8B, gpuCount: 1 }, [L4]).choice!.memory!;
    const answer = plan(
      {
        model: LLAMA_8B,
        gpuCount: 1,
        contextLength: sized.longestContext - 1024,
      },
      [L4],
    );
    expect(codes(answer.reasons)[0]).toBe('NarrowMargin');
  });

  it.each<[string, InferencePlanRequest, readonly GpuNode[], string]>([
    [
      'FP8 weights on A100',
      { model: LLAMA_8B, quantization: 'fp8' },
      [A100],
      'Fp8WeightsOnly',
    ],
    [
      'float16 on T4',
      { model: 'Qwen/Qwen2.5-7B-Instruct', quantization: 'awq' },
      [T4],
      'RunsInFloat16',
    ],
    [
      'MXFP4 on A100',
      { model: 'openai/gpt-oss-20b' },
      [A100],
      'Mxfp4WeightsOnly',
    ],
    [
      'replicated KV heads',
      { model: 'Qwen/Qwen3-30B-A3B', gpuCount: 8 },
      [H100],
      'KvCacheReplicated',
    ],
    [
      'a latent cache on several GPUs',
      { model: 'deepseek-ai/DeepSeek-V3-0324' },
      [gpuNode({ name: 'b', product: 'NVIDIA-H200', gib: 140 })],
      'KvCacheReplicated',
    ],
    ['a gated model', { model: LLAMA_8B }, [H100], 'GatedModel'],
  ])(
    'mentions %s without holding it against the plan',
    (_, request, nodes, code) => {
      const answer = plan(request, nodes);
      expect(['Fits', 'Tight']).toContain(answer.verdict);
      expect(answer.reasons.find(r => r.code === code)?.severity).toBe('Info');
    },
  );

  it('mentions a state that nobody published without holding it against the plan', () => {
    const known = findModel(CURATED_MODELS, 'Qwen/Qwen3.6-27B')!;
    const { attention } = known;
    if (attention.type !== 'hybrid') throw new Error('not a hybrid model');
    const { stateBytes, ...unpublished } = attention;
    expect(stateBytes).toBeGreaterThan(0);
    const answer = planInference({
      model: { ...known, attention: unpublished },
      request: { model: known.id },
      inventory: { nodes: [H100], quota: [], quotaKnown: true },
    });
    expect(['Fits', 'Tight']).toContain(answer.verdict);
    expect(
      answer.reasons.find(({ code }) => code === 'StateNotCounted')?.severity,
    ).toBe('Info');
  });

  it('refuses original weights in bfloat16 nowhere but where float16 overflows', () => {
    expect(
      plan({ model: 'Qwen/Qwen2.5-7B-Instruct', contextLength: 2048 }, [T4])
        .verdict,
    ).not.toBe('DoesNotFit');
  });

  describe('quota', () => {
    const ask = {
      model: LLAMA_8B,
      namespace: 'team-chat',
      replicas: 2,
      gpuCount: 1,
    };
    it.each([
      [4, 0, 'Fits', undefined],
      [4, 2, 'Tight', 'QuotaUsedUp'],
      [4, 3, 'DoesNotFit', 'QuotaExceeded'],
      [0, 0, 'DoesNotFit', 'QuotaExceeded'],
    ])('of %d with %d used is %s', (hard, used, verdict, code) => {
      const answer = plan(ask, [L4], { quota: [quotaLine(hard, used)] });
      expect(answer.verdict).toBe(verdict);
      expect(answer.reasons.find(r => r.severity !== 'Info')?.code).toBe(code);
      expect(answer.quota).toEqual([quotaLine(hard, used)]);
    });

    it('of another namespace, cluster or resource does not count', () => {
      const none = quotaLine(0, 0);
      const answer = plan(ask, [L4], {
        quota: [
          { ...none, namespace: 'other' },
          { ...none, cluster: 'other' },
          { ...none, resource: 'amd.com/gpu' },
        ],
      });
      expect(answer.verdict).toBe('Fits');
      expect(codes(answer.reasons)).toContain('NoQuota');
    });

    it('that is not known is said', () => {
      const unread = plan(ask, [L4], { quotaKnown: false });
      expect(
        unread.reasons.find(r => r.code === 'QuotaUnknown')?.message,
      ).toMatch(/team-chat is not known/);
      const unnamed = plan({ model: LLAMA_8B }, [L4]);
      expect(codes(unnamed.reasons)).toContain('QuotaUnknown');
    });
  });
});
