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

    it.each([
      [
        'requests.cpu',
        8,
        5,
        /allows 8 requests\.cpu, of which 3 are left.*need 8/,
      ],
      [
        'limits.cpu',
        15,
        0,
        /allows 15 limits\.cpu, of which 15 are left.*need 16/,
      ],
      [
        'requests.memory',
        64,
        40,
        /64\.0 GiB requests\.memory.*24\.0 GiB are left.*need 46\.0 GiB/,
      ],
      ['requests.storage', 40, 10, /30\.0 GiB are left.*need 36\.0 GiB/],
      ['persistentvolumeclaims', 10, 9, /of which 1 are left.*need 2/],
      ['pods', 20, 19, /of which 1 are left.*need 2/],
      ['count/pods', 1, 0, /allows 1 count\/pods/],
      ['count/deployments.apps', 3, 3, /of which 0 are left.*need 1/],
    ])(
      'on %s is held against what the manifests take',
      (resource, hard, used, message) => {
        const unit = /memory|storage/.test(resource) ? 2 ** 30 : 1;
        const line = { ...quotaLine(hard * unit, used * unit), resource };
        const answer = plan(ask, [L4], { otherQuota: [line] });
        expect(answer.verdict).toBe('DoesNotFit');
        expect(answer.reasons[0]).toMatchObject({
          code: 'QuotaExceeded',
          field: 'namespace',
        });
        expect(answer.summary).toMatch(message);
        // devices alone are shown as such
        expect(answer.quota).toEqual([]);
        const roomy = { ...line, left: 1e15 };
        expect(plan(ask, [L4], { otherQuota: [roomy] }).verdict).toBe('Fits');
      },
    );

    it('on what a service does not take, or on a class that nobody chose, counts nothing', () => {
      const none = quotaLine(0, 0);
      const answer = plan(ask, [L4], {
        otherQuota: [
          { ...none, resource: 'count/cronjobs.batch' },
          {
            ...none,
            resource: 'fast.storageclass.storage.k8s.io/requests.storage',
          },
          { ...none, resource: 'pods', namespace: 'other' },
        ],
      });
      expect(answer.verdict).toBe('Fits');
    });

    it('counts a shared volume once, and a class by its name or as the default', () => {
      const GIB = 2 ** 30;
      const roomFor = (gib: number, resource: string) => [
        { ...quotaLine(gib * GIB, 0), resource },
      ];
      const ofClass = 'fast.storageclass.storage.k8s.io/requests.storage';
      const verdict = (
        gib: number,
        resource: string,
        request: object = {},
        isDefault = false,
      ) =>
        plan({ ...ask, ...request }, [L4], {
          otherQuota: roomFor(gib, resource),
          storageClasses: ['fast', 'other'].map(name => ({
            cluster: 'demo',
            name,
            provisioner: 'nfs.csi.k8s.io',
            isDefault: isDefault === (name === 'fast'),
            allowVolumeExpansion: true,
            readWriteMany: 'Yes',
          })),
        }).verdict;
      // 18 GiB for each of two replicas
      const shared = { storageMode: 'Shared', storageClassName: 'fast' };
      expect(verdict(20, 'requests.storage')).toBe('DoesNotFit');
      expect(verdict(20, 'requests.storage', shared)).toBe('Fits');
      expect(verdict(20, ofClass)).toBe('Fits');
      expect(verdict(20, ofClass, {}, true)).toBe('DoesNotFit');
      expect(verdict(20, ofClass, { storageClassName: 'fast' })).toBe(
        'DoesNotFit',
      );
      expect(verdict(10, ofClass, shared)).toBe('DoesNotFit');
    });

    it('of 0 says that it allows none', () => {
      expect(plan(ask, [L4], { quota: [quotaLine(0, 0)] }).summary).toMatch(
        /allows no nvidia\.com\/gpu \(0\); 2 replicas of 1 GPU need 2/,
      );
    });

    it('of a priority class refuses nothing for sure', () => {
      const answer = plan(ask, [L4], {
        quota: [{ ...quotaLine(1, 1), someOnly: true }],
      });
      expect(answer.verdict).toBe('Tight');
      expect(answer.reasons[0].code).toBe('QuotaScopeUnknown');
      expect(answer.quota).toEqual([quotaLine(1, 1)]);
    });

    describe('that is not there', () => {
      const none = { quota: [], quotaClusters: [] };
      it('is a fact, and no fault', () => {
        const answer = plan(ask, [L4], none);
        expect(answer.verdict).toBe('Fits');
        expect(
          answer.reasons.find(({ code }) => code === 'NoQuota'),
        ).toMatchObject({
          severity: 'Info',
          message: expect.stringMatching(
            /^Namespace team-chat has no ResourceQuota: nothing limits/,
          ),
        });
      });

      it('on the GPUs alone is told as such', () => {
        const answer = plan(ask, [L4], { quota: [], quotaClusters: ['demo'] });
        expect(
          answer.reasons.find(({ code }) => code === 'NoQuota')?.message,
        ).toMatch(/has no ResourceQuota on nvidia\.com\/gpu: only free GPUs/);
      });

      it('is refused where the portal requires one, with the way out', () => {
        const answer = plan(ask, [L4], { ...none, requireQuota: true });
        expect(answer.verdict).toBe('DoesNotFit');
        expect(answer.reasons[0]).toMatchObject({
          code: 'QuotaRequired',
          field: 'namespace',
        });
        expect(answer.summary).toMatch(
          /Ask the platform team for a ResourceQuota with requests\.nvidia\.com\/gpu/,
        );
        expect(answer.alternatives).toEqual([]);
      });

      it('is not required of one that is there', () => {
        const answer = plan(ask, [L4], {
          quota: [quotaLine(4, 0)],
          requireQuota: true,
        });
        expect(answer.verdict).toBe('Fits');
      });
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
