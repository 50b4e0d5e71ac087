import type {
  GpuNode,
  InferencePlanRequest,
} from '@promptside/backstage-plugin-genai-common';
import { gpuNode, H100, L4, MI300X, MIG_3G, T4 } from './__fixtures__/gpuNodes';
import { GEMMA_27B, LLAMA_8B, plan } from './__fixtures__/plan';

describe('a plan', () => {
  it.each<
    [
      string,
      InferencePlanRequest,
      readonly GpuNode[],
      string,
      string | undefined,
    ]
  >([
    [
      'a context beyond the model',
      { model: GEMMA_27B, contextLength: 8193 },
      [H100],
      'ContextTooLong',
      'contextLength',
    ],
    [
      'three GPUs',
      { model: LLAMA_8B, gpuCount: 3 },
      [H100],
      'InvalidTensorParallelSize',
      'gpuCount',
    ],
    [
      'a tensor parallel size of three',
      { model: LLAMA_8B, tensorParallelSize: 3 },
      [H100],
      'InvalidTensorParallelSize',
      'gpuCount',
    ],
    [
      'more GPUs than a node has',
      { model: LLAMA_8B, gpuCount: 16 },
      [H100],
      'NodeTooSmall',
      'gpuCount',
    ],
    [
      'Gemma 3 on T4',
      { model: 'google/gemma-3-1b-it' },
      [T4],
      'NeedsBfloat16',
      'product',
    ],
    [
      'MXFP4 on T4',
      { model: 'openai/gpt-oss-20b' },
      [T4],
      'QuantizationNotSupported',
      'quantization',
    ],
    [
      'AWQ on AMD',
      { model: 'Qwen/Qwen3-8B', quantization: 'awq' },
      [MI300X],
      'QuantizationNotSupported',
      'quantization',
    ],
    [
      'Gaudi',
      { model: LLAMA_8B },
      [
        gpuNode({
          name: 'g',
          vendor: 'intel',
          resource: 'habana.ai/gaudi',
          product: 'Gaudi2',
          gib: 94.6,
        }),
      ],
      'VendorNotSupported',
      'vendor',
    ],
    [
      'V100',
      { model: LLAMA_8B },
      [gpuNode({ name: 'v', product: 'Tesla-V100-SXM2-32GB', gib: 31.7 })],
      'GpuTooOld',
      'product',
    ],
    [
      'a model over MIG slices',
      { model: GEMMA_27B, resource: 'nvidia.com/mig-3g.40gb', gpuCount: 2 },
      [MIG_3G],
      'SliceNotShared',
      'gpuCount',
    ],
    [
      'a MIG slice that is too small',
      { model: GEMMA_27B, resource: 'nvidia.com/mig-3g.40gb' },
      [MIG_3G],
      'InsufficientGpuMemory',
      'gpuCount',
    ],
    [
      'weights that nobody has',
      { model: LLAMA_8B, quantization: 'gguf' },
      [H100],
      'NoSuchWeights',
      'quantization',
    ],
    [
      'a GPU that is not there',
      { model: LLAMA_8B, product: 'NVIDIA-H200' },
      [H100, L4],
      'NoSuchGpu',
      'product',
    ],
    [
      'a resource that is not there',
      { model: LLAMA_8B, resource: 'nvidia.com/mig-1g.10gb' },
      [H100],
      'NoSuchGpu',
      'resource',
    ],
    [
      'a cluster without GPUs',
      { model: LLAMA_8B, cluster: 'other' },
      [H100],
      'NoGpus',
      'cluster',
    ],
    ['no GPUs at all', { model: LLAMA_8B }, [], 'NoGpus', 'cluster'],
    [
      'GPUs that are all taken',
      { model: LLAMA_8B },
      [gpuNode({ name: 'x', product: 'NVIDIA-L4', gib: 22.5, free: 0 })],
      'NoFreeGpus',
      'gpuCount',
    ],
    [
      'more replicas than have room',
      { model: LLAMA_8B, replicas: 5 },
      [L4],
      'NoFreeGpus',
      'replicas',
    ],
    [
      'free GPUs scattered over nodes',
      { model: LLAMA_8B, gpuCount: 2 },
      [
        gpuNode({ name: 'x', product: 'NVIDIA-L4', gib: 22.5, free: 1 }),
        gpuNode({ name: 'y', product: 'NVIDIA-L4', gib: 22.5, free: 1 }),
      ],
      'NoFreeGpus',
      'gpuCount',
    ],
    [
      'a cordoned node',
      { model: LLAMA_8B },
      [{ ...L4, state: 'Cordoned' }],
      'NoFreeGpus',
      'gpuCount',
    ],
    [
      'a node with a taint of others',
      { model: LLAMA_8B },
      [{ ...L4, taints: [{ key: 'team', value: 'x', effect: 'NoExecute' }] }],
      'NoFreeGpus',
      'gpuCount',
    ],
  ])('refuses %s', (_, request, nodes, code, field) => {
    const answer = plan(request, nodes);
    expect(answer.verdict).toBe('DoesNotFit');
    expect(answer.reasons[0]).toMatchObject({
      code,
      field,
      severity: 'Blocking',
    });
    expect(answer.reasons[0].message).toMatch(/\d|Choose|Name/);
    expect(answer.summary).toBe(answer.reasons[0].message);
  });
});
