import { inferencePlanSchema } from '@promptside/backstage-plugin-genai-common';
import fc from 'fast-check';
import { CURATED_MODELS } from '../models';
import {
  A100,
  gpuNode,
  H100,
  L4,
  MAX_1550,
  MI300X,
  MIG_3G,
  T4,
} from './__fixtures__/gpuNodes';
import {
  codes,
  GEMMA_27B,
  LLAMA_70B,
  LLAMA_8B,
  plan,
} from './__fixtures__/plan';

describe('planInference', () => {
  it('chooses the least memory that fits', () => {
    const answer = plan({ model: LLAMA_8B }, [H100, L4, A100]);
    expect(answer.verdict).toBe('Fits');
    expect(answer.choice).toMatchObject({
      cluster: 'demo',
      product: 'NVIDIA-L4',
      resource: 'nvidia.com/gpu',
      gpuCount: 1,
      tensorParallelSize: 1,
      quantization: 'none',
      contextLength: 8192,
      freeCount: 4,
      placeableReplicas: 4,
    });
    expect(answer.summary).toMatch(
      /^Llama 3.1 8B Instruct runs on 1 GPU NVIDIA-L4 for a replica; the KV cache holds \d+\.\d sequences of 8,192 tokens\.$/,
    );
    expect(answer.alternatives.map(({ product }) => product)).toEqual([
      'NVIDIA-H100-80GB-HBM3',
      'NVIDIA-A100-SXM4-80GB',
    ]);
  });

  it('takes the GGUF edition for an engine that loads nothing else', () => {
    const model = 'Qwen/Qwen3-8B';
    const answer = plan({ model, engine: 'llama-cpp' }, [L4]);
    expect(answer.verdict).toBe('Fits');
    expect(answer.choice?.quantization).toBe('gguf');
    expect(plan({ model }, [L4]).choice?.quantization).toBe('none');
    // vLLM is not offered what it does not load, and refuses it when it is asked to.
    expect(
      plan({ model, quantization: 'gguf' }, [L4]).reasons[0],
    ).toMatchObject({ code: 'QuantizationNotSupported', severity: 'Blocking' });
    // There is none of this one.
    expect(plan({ model: LLAMA_8B, engine: 'llama-cpp' }, [L4]).verdict).toBe(
      'DoesNotFit',
    );
  });

  it('takes as many GPUs as the weights need', () => {
    const answer = plan({ model: LLAMA_70B, contextLength: 16384 }, [H100]);
    expect(answer.choice).toMatchObject({ gpuCount: 4, tensorParallelSize: 4 });
    expect(answer.verdict).toBe('Fits');
  });

  it('refuses in numbers what is too large, and offers what fits', () => {
    const answer = plan(
      { model: GEMMA_27B, product: 'NVIDIA-L4', gpuCount: 1 },
      [L4, H100],
    );
    expect(answer.verdict).toBe('DoesNotFit');
    expect(answer.reasons[0]).toMatchObject({
      code: 'InsufficientGpuMemory',
      field: 'gpuCount',
      severity: 'Blocking',
    });
    expect(answer.summary).toMatch(
      /Gemma 2 27B Instruct on 1 GPU NVIDIA-L4 needs 50\.7 GiB for weights and \d\.\d GiB for the engine on each GPU, of which 20\.3 GiB of 22\.5 GiB may be used/,
    );
    expect(answer.alternatives[0]).toMatchObject({
      product: 'NVIDIA-H100-80GB-HBM3',
      gpuCount: 1,
      verdict: 'Fits',
    });
    expect(answer.alternatives[1]).toMatchObject({
      product: 'NVIDIA-L4',
      gpuCount: 4,
    });
  });

  it('offers a shorter context, an FP8 cache and quantized weights where the cache is too small', () => {
    const answer = plan({ model: 'Qwen/Qwen3-8B', contextLength: 40960 }, [
      {
        ...L4,
        pools: [
          {
            ...L4.pools[0],
            counts: { ...L4.pools[0].counts, allocatable: 1, free: 1 },
          },
        ],
      },
    ]);
    expect(answer.verdict).toBe('DoesNotFit');
    expect(answer.reasons[0]).toMatchObject({
      code: 'InsufficientKvCache',
      field: 'contextLength',
    });
    expect(answer.reasons[0].message).toMatch(
      /a context of at most [\d,]+ tokens/,
    );
    const ways = answer.alternatives.map(a => [
      a.quantization,
      a.kvCacheDtype,
      a.contextLength,
    ]);
    expect(ways).toContainEqual(['awq', undefined, 40960]);
    expect(ways).toContainEqual(['none', 'fp8', 40960]);
    expect(ways.some(([q, , c]) => q === 'none' && Number(c) < 40960)).toBe(
      true,
    );
  });

  it('names the concurrency when that is what is too much', () => {
    const answer = plan(
      { model: LLAMA_8B, concurrency: 64, contextLength: 4096 },
      [
        {
          ...L4,
          pools: [
            {
              ...L4.pools[0],
              counts: { ...L4.pools[0].counts, allocatable: 1 },
            },
          ],
        },
      ],
    );
    expect(answer.reasons[0]).toMatchObject({
      code: 'InsufficientKvCache',
      field: 'concurrency',
    });
    expect(answer.reasons[0].message).toMatch(/concurrency of at most \d+/);
  });

  it('says what there is instead of a missing GPU, and plans for it', () => {
    const answer = plan(
      { model: LLAMA_8B, product: 'NVIDIA-H200', cluster: 'demo' },
      [H100, L4],
    );
    expect(answer.choice).toBeUndefined();
    expect(answer.summary).toBe(
      'Cluster demo has no GPU "NVIDIA-H200". Choose one of: NVIDIA-H100-80GB-HBM3 (8 free), NVIDIA-L4 (4 free).',
    );
    expect(answer.alternatives.map(a => a.product)).toEqual([
      'NVIDIA-L4',
      'NVIDIA-H100-80GB-HBM3',
    ]);
  });

  it('does not take unreadable nodes for a cluster without GPUs', () => {
    const answer = plan({ model: LLAMA_8B, cluster: 'demo' }, [], {
      nodesKnown: false,
    });
    expect(answer.verdict).toBe('Unknown');
    expect(codes(answer.reasons)).toEqual(['HardwareUnknown']);
    expect(
      plan({ model: LLAMA_8B }, [], { nodesKnown: false }).summary,
    ).toMatch(/^The GPUs of the clusters/);
  });

  it('does not guess the memory of an unknown product, nor of a shared GPU', () => {
    const unknown = plan({ model: LLAMA_8B }, [
      gpuNode({ name: 'x', product: 'NVIDIA-X9' }),
    ]);
    expect(unknown.verdict).toBe('Unknown');
    expect(codes(unknown.reasons)).toEqual([
      'GpuMemoryUnknown',
      'ProductUnknown',
      'GatedModel',
      'QuotaUnknown',
    ]);
    expect(unknown.choice?.memory).toBeUndefined();
    const shared = plan({ model: LLAMA_8B }, [
      gpuNode({
        name: 'x',
        product: 'NVIDIA-L4',
        gib: 22.5,
        sharing: 'TimeSlicing',
        devices: 16,
      }),
    ]);
    expect(shared.verdict).toBe('Unknown');
    expect(shared.summary).toMatch(/divided among several pods/);
  });

  it('takes the memory from the product table where no label tells', () => {
    const answer = plan({ model: LLAMA_8B }, [
      gpuNode({ name: 'x', product: 'NVIDIA-L4' }),
    ]);
    expect(answer.choice?.memory?.deviceBytes).toBe(22 * 2 ** 30);
  });

  it('prefers whole GPUs, and takes slices when there is nothing else or they are asked for', () => {
    expect(plan({ model: LLAMA_8B }, [MIG_3G, H100]).choice?.sharing).toBe(
      'Whole',
    );
    const slice = plan({ model: LLAMA_8B }, [MIG_3G]);
    expect(slice.choice).toMatchObject({
      sharing: 'Mig',
      resource: 'nvidia.com/mig-3g.40gb',
      product: 'NVIDIA-A100-SXM4-80GB',
    });
    expect(slice.verdict).toBe('Fits');
    expect(
      plan({ model: LLAMA_8B, resource: 'nvidia.com/mig-3g.40gb' }, [
        MIG_3G,
        H100,
      ]).choice?.sharing,
    ).toBe('Mig');
  });

  it('names the product of slices of the single strategy as the node label has it', () => {
    const answer = plan({ model: LLAMA_8B, product: 'NVIDIA-A100-SXM4-80GB' }, [
      gpuNode({
        name: 'x',
        product: 'NVIDIA-A100-SXM4-80GB',
        sharing: 'Mig',
        profile: '3g.40gb',
        gib: 39,
      }),
    ]);
    expect(answer.choice?.product).toBe('NVIDIA-A100-SXM4-80GB-MIG-3g.40gb');
  });

  it('plans the edition whose repository is named', () => {
    const answer = plan({ model: 'Qwen/Qwen3-8B-AWQ' }, [L4]);
    expect(answer.choice?.quantization).toBe('awq');
  });

  it('plans AMD with the whole device', () => {
    const answer = plan({ model: LLAMA_70B }, [MI300X]);
    expect(answer.choice).toMatchObject({
      vendor: 'amd',
      resource: 'amd.com/gpu',
      gpuCount: 1,
    });
    expect(answer.verdict).toBe('Fits');
  });

  it('plans each cluster by itself and says which', () => {
    const other = gpuNode({
      name: 'x',
      cluster: 'other',
      product: 'NVIDIA-L4',
      gib: 22.5,
    });
    const answer = plan({ model: LLAMA_8B }, [L4, other]);
    expect(answer.choice?.cluster).toBe('other');
    expect(answer.alternatives[0]?.cluster).toBe('demo');
    expect(
      plan({ model: LLAMA_8B, cluster: 'demo' }, [L4, other]).choice?.cluster,
    ).toBe('demo');
  });

  it('keeps what was asked of the engine in the choice', () => {
    const answer = plan(
      { model: LLAMA_8B, gpuMemoryUtilization: 0.95, kvCacheDtype: 'fp8' },
      [H100],
    );
    expect(answer.choice).toMatchObject({
      gpuMemoryUtilization: 0.95,
      kvCacheDtype: 'fp8',
    });
  });

  it('answers any request by the contract, and offers only what runs', () => {
    const nodes = [H100, L4, T4, A100, MIG_3G, MI300X, MAX_1550];
    fc.assert(
      fc.property(
        fc.constantFrom(...CURATED_MODELS),
        fc.record(
          {
            vendor: fc.constantFrom(
              'nvidia' as const,
              'amd' as const,
              'intel' as const,
            ),
            gpuCount: fc.integer({ min: 1, max: 64 }),
            contextLength: fc.integer({ min: 1, max: 300_000 }),
            concurrency: fc.integer({ min: 1, max: 200 }),
            replicas: fc.integer({ min: 1, max: 9 }),
            kvCacheDtype: fc.constantFrom('auto' as const, 'fp8' as const),
            gpuMemoryUtilization: fc.double({
              min: 0.1,
              max: 0.99,
              noNaN: true,
            }),
          },
          { requiredKeys: [] },
        ),
        (model, request) => {
          const answer = plan({ model: model.id, ...request }, nodes);
          expect(
            inferencePlanSchema.safeParse({ ...answer, clusters: [] }).error,
          ).toBeUndefined();
          const verdicts = answer.alternatives.map(({ verdict }) => verdict);
          expect(['Fits', 'Tight']).toEqual(expect.arrayContaining(verdicts));
          const blocked = answer.reasons.some(r => r.severity === 'Blocking');
          expect(answer.verdict === 'DoesNotFit').toBe(blocked);
          const { choice } = answer;
          const holds =
            !choice?.memory ||
            (choice.memory.longestContext >= choice.contextLength &&
              choice.placeableReplicas! >= answer.replicas);
          expect(blocked || holds).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
