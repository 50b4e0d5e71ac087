import {
  A100,
  gpuNode,
  H100,
  L4,
  MAX_1550,
  MI300X,
  T4,
} from './__fixtures__/gpuNodes';
import {
  codes,
  GEMMA_27B,
  LLAMA_70B,
  LLAMA_8B,
  plan,
} from './__fixtures__/plan';

const FLEX_170 = gpuNode({
  name: 'flex-a',
  vendor: 'intel',
  resource: 'gpu.intel.com/i915',
  product: 'Flex_170',
  devices: 4,
});
const GAUDI_2 = gpuNode({
  name: 'gaudi-a',
  vendor: 'intel',
  resource: 'habana.ai/gaudi',
  product: 'Gaudi2',
  gib: 94.6,
});
const ARC_B60 = gpuNode({
  name: 'arc-a',
  vendor: 'intel',
  resource: 'gpu.intel.com/xe',
  product: 'Intel_Arc_Pro_B60',
  devices: 4,
});

const LLAMA_3B = 'meta-llama/Llama-3.2-3B-Instruct';

describe('the choice among devices', () => {
  it('takes an L4 before a Flex 170 that binds less memory', () => {
    const answer = plan({ model: LLAMA_3B }, [FLEX_170, L4]);
    expect(answer.choice).toMatchObject({
      product: 'NVIDIA-L4',
      verdict: 'Fits',
    });
    expect(answer.alternatives[0]).toMatchObject({
      product: 'Flex_170',
      verdict: 'Tight',
    });
  });

  it('is tight on a card that vLLM was not validated on, and says so', () => {
    const answer = plan({ model: LLAMA_3B, vendor: 'intel' }, [FLEX_170, L4]);
    expect(answer.verdict).toBe('Tight');
    expect(answer.reasons[0]).toMatchObject({
      code: 'DeviceNotValidated',
      severity: 'Warning',
    });
    expect(plan({ model: LLAMA_3B }, [ARC_B60]).verdict).toBe('Fits');
    expect(plan({ model: LLAMA_3B }, [MAX_1550]).verdict).toBe('Fits');
  });

  it('takes CUDA before ROCm before XPU where vLLM fits on all of them', () => {
    const products = (nodes: Parameters<typeof plan>[1]) => {
      const { choice, alternatives } = plan({ model: LLAMA_8B }, nodes);
      return [choice, ...alternatives].map(each => each?.product);
    };
    expect(products([MAX_1550, MI300X, H100, A100])).toEqual([
      'NVIDIA-H100-80GB-HBM3',
      'NVIDIA-A100-SXM4-80GB',
      'AMD_Instinct_MI300X_OAM',
      'Max_1550',
    ]);
  });

  it('takes what fits before what is tight, wherever the engine is at home', () => {
    const lastOne = gpuNode({
      name: 'l4-b',
      product: 'NVIDIA-L4',
      gib: 22.5,
      devices: 1,
    });
    expect(plan({ model: LLAMA_3B }, [lastOne, MI300X]).choice?.product).toBe(
      'AMD_Instinct_MI300X_OAM',
    );
  });

  it('explains a failure by devices that the engine runs on', () => {
    const answer = plan({ model: LLAMA_70B, gpuCount: 1 }, [GAUDI_2, T4, L4]);
    expect(answer.verdict).toBe('DoesNotFit');
    expect(answer.choice?.product).toBe('NVIDIA-L4');
    expect(answer.reasons[0].code).toBe('InsufficientGpuMemory');
  });

  it('explains a failure by the devices that are taken rather than by those that are too small', () => {
    const taken = gpuNode({
      name: 'h100-b',
      product: 'NVIDIA-H100-80GB-HBM3',
      gib: 79.65,
      free: 0,
    });
    const answer = plan({ model: GEMMA_27B, gpuCount: 1 }, [
      GAUDI_2,
      L4,
      taken,
    ]);
    expect(answer.choice?.product).toBe('NVIDIA-H100-80GB-HBM3');
    expect(answer.reasons[0].code).toBe('NoFreeGpus');
  });

  it('names the devices that the engine is made for where it runs on none', () => {
    const answer = plan({ model: LLAMA_3B, engine: 'nim' }, [MI300X, L4]);
    expect(answer.choice?.product).toBe('NVIDIA-L4');
    expect(answer.reasons[0].code).toBe('NoNimForModel');
  });

  it('speaks of the vendor that was asked for', () => {
    const answer = plan({ model: LLAMA_8B, engine: 'triton', vendor: 'amd' }, [
      MI300X,
      L4,
    ]);
    expect(answer.reasons[0].code).toBe('VendorNotSupported');
    expect(codes(answer.reasons)).not.toContain('ProductUnknown');
  });
});
