import {
  knownEngineSchema,
  type KnownEngine,
  type InferenceOutput,
  type InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { specOf } from './specs';

type Accelerator = InferenceSpec['spec']['accelerator'];

/** Every vendor, and every way to share a device that its plugin can name. */
export const DEVICES = {
  'NVIDIA whole': {
    vendor: 'nvidia',
    resource: 'nvidia.com/gpu',
    count: 1,
    product: 'NVIDIA-L4',
  },
  'NVIDIA MIG': {
    vendor: 'nvidia',
    resource: 'nvidia.com/mig-3g.40gb',
    count: 1,
    product: 'NVIDIA-A100-SXM4-80GB',
  },
  'NVIDIA shared': {
    vendor: 'nvidia',
    resource: 'nvidia.com/gpu.shared',
    count: 1,
    product: 'NVIDIA-L4',
  },
  'AMD whole': {
    vendor: 'amd',
    resource: 'amd.com/gpu',
    count: 1,
    product: 'AMD_Instinct_MI300X_OAM',
  },
  'AMD partition': {
    vendor: 'amd',
    resource: 'amd.com/cpx_nps4',
    count: 1,
    product: 'AMD_Instinct_MI300X_OAM',
  },
  'Intel whole': {
    vendor: 'intel',
    resource: 'gpu.intel.com/xe',
    count: 1,
    product: 'Arc_Pro_B60',
  },
  'Intel shared': { vendor: 'intel', resource: 'gpu.intel.com/i915', count: 1 },
  Gaudi: { vendor: 'intel', resource: 'habana.ai/gaudi', count: 1 },
  'processor cores': undefined,
} as const satisfies Record<string, Accelerator>;

/** Name of a device of the matrix. */
export type Device = keyof typeof DEVICES;

const NVIDIA: Device[] = ['NVIDIA whole', 'NVIDIA MIG', 'NVIDIA shared'];
const AMD: Device[] = ['AMD whole', 'AMD partition'];
const INTEL: Device[] = ['Intel whole', 'Intel shared'];

/** Where each engine runs; everywhere else it must say why not. */
export const RUNS: Readonly<Record<KnownEngine, readonly Device[]>> = {
  vllm: [...NVIDIA, ...AMD, ...INTEL],
  tgi: [...NVIDIA, ...AMD, ...INTEL, 'Gaudi'],
  'tgi-substratus': [...NVIDIA, ...AMD, ...INTEL, 'Gaudi'],
  sglang: [...NVIDIA, ...AMD],
  'llama-cpp': [...NVIDIA, ...AMD, ...INTEL, 'processor cores'],
  tei: [...NVIDIA, ...INTEL, 'Gaudi', 'processor cores'],
  triton: NVIDIA,
  kserve: NVIDIA,
  nim: NVIDIA,
};

const REVISION = '0123456789abcdef0123456789abcdef01234567';

/** A model that the engine can serve, and what else it asks for. */
function wishes(engine: KnownEngine): Partial<InferenceSpec['spec']> {
  switch (engine) {
    case 'tei':
      return {
        engine: { name: engine },
        model: { id: 'BAAI/bge-m3', revision: REVISION },
        contextLength: 512,
      };
    case 'llama-cpp':
      return {
        engine: { name: engine },
        model: {
          id: 'acme/tiny-7b-GGUF',
          revision: REVISION,
          file: 'tiny-7b-Q4_K_M.gguf',
        },
      };
    case 'nim':
      return {
        engine: {
          name: engine,
          authSecret: 'ngc-api',
          imagePullSecret: 'ngc-login',
        },
        model: {
          id: 'meta-llama/Llama-3.1-8B-Instruct',
          tokenSecret: { name: 'hub', key: 'HF_TOKEN' },
        },
      };
    default:
      return {
        engine: { name: engine },
        model: { id: 'Qwen/Qwen2.5-7B-Instruct', revision: REVISION },
      };
  }
}

/** The spec of a cell of the matrix. */
export function cellSpec(
  engine: KnownEngine,
  device: Device,
  output: InferenceOutput = 'Kustomize',
): InferenceSpec {
  const accelerator = DEVICES[device];
  return specOf({
    name: 'cell',
    model: 'acme/replaced',
    spec: {
      ...wishes(engine),
      accelerator,
      ...(accelerator ? {} : { cpu: { cores: 16 } }),
      monitoring: {},
      output,
    },
  });
}

/** Engine and device of every cell; the engine `kserve` is the one that writes an InferenceService. */
export const CELLS = knownEngineSchema.options.flatMap(engine =>
  (Object.keys(DEVICES) as Device[]).map(device => [engine, device] as const),
);

/** Cells that render as plain manifests. */
export const RENDERED = CELLS.filter(([engine, device]) =>
  RUNS[engine].includes(device),
);

/** Cells that are refused with a reason. */
export const REFUSED = CELLS.filter(
  ([engine, device]) => !RUNS[engine].includes(device),
);

/** Whether a chart of ours can hold the cell: somebody else's chart cannot be put into it. */
const hasOwnChart = ([engine]: (typeof CELLS)[number]) =>
  engine !== 'tgi-substratus';

/** Cells that render as a chart. */
export const RENDERED_AS_CHART = RENDERED.filter(hasOwnChart);

/** Cells that render as plain manifests only, and are refused as a chart. */
export const REFUSED_AS_CHART = RENDERED.filter(cell => !hasOwnChart(cell));
