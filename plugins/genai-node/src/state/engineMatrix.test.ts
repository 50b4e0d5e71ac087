import type {
  InferenceEngine,
  InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { inferenceEngineSchema } from '@promptside/backstage-plugin-genai-common';
import { buildInferenceObjects, renderInference } from '../manifests';
import { modelOf, specOf } from '../manifests/__testUtils__/specs';
import { allEngines } from '../servingRuntimes/engines';
import { node } from '../testing/objects';
import { roundTrip } from './__testUtils__/roundTrip';

type Accelerator = InferenceSpec['spec']['accelerator'];

/** Every vendor, and every way to share a device that its plugin can name. */
const DEVICES = {
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

type Device = keyof typeof DEVICES;

const NVIDIA: Device[] = ['NVIDIA whole', 'NVIDIA MIG', 'NVIDIA shared'];
const AMD: Device[] = ['AMD whole', 'AMD partition'];
const INTEL: Device[] = ['Intel whole', 'Intel shared'];

/** Where each engine runs; everywhere else it must say why not. */
const RUNS: Readonly<Record<InferenceEngine, readonly Device[]>> = {
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
function wishes(engine: InferenceEngine): Partial<InferenceSpec['spec']> {
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

function specFor(engine: InferenceEngine, device: Device): InferenceSpec {
  const accelerator = DEVICES[device];
  return specOf({
    name: 'cell',
    model: 'acme/replaced',
    spec: {
      ...wishes(engine),
      accelerator,
      ...(accelerator ? {} : { cpu: { cores: 16 } }),
      monitoring: {},
    },
  });
}

/** One node for each device. */
const NODES = Object.values(DEVICES).flatMap((device, index) =>
  device
    ? [
        node(
          `node-${index}`,
          { [device.resource]: 8 },
          'product' in device && device.vendor === 'nvidia'
            ? { 'nvidia.com/gpu.product': device.product }
            : {},
        ),
      ]
    : [],
);

const CELLS = inferenceEngineSchema.options.flatMap(engine =>
  (Object.keys(DEVICES) as Device[]).map(device => [engine, device] as const),
);
const RENDERED = CELLS.filter(([engine, device]) =>
  RUNS[engine].includes(device),
);
const REFUSED = CELLS.filter(
  ([engine, device]) => !RUNS[engine].includes(device),
);

describe('every engine on every device', () => {
  it('is a spoke for every key of the contract', () => {
    expect(
      allEngines()
        .map(({ engine }) => engine)
        .sort(),
    ).toEqual([...inferenceEngineSchema.options].sort());
  });

  it.each(RENDERED)('%s on %s is read as it was written', (engine, device) => {
    const spec = specFor(engine, device);
    const { seen, written } = roundTrip(spec, NODES);
    expect(seen).toEqual(written);
  });

  it.each(RENDERED)('%s on %s has no image without a fixed tag', (...cell) => {
    const spec = specFor(...cell);
    const text = renderInference(spec, modelOf(spec))
      .map(({ content }) => content)
      .join('');
    expect(text).not.toMatch(/:latest|tag: latest/);
    const images = [...text.matchAll(/^ *image: ([^\n]+)$/gm)].map(
      ([, image]) => image,
    );
    for (const image of images) expect(image).toMatch(/:[\w.-]+$/);
  });

  it.each(REFUSED)('%s on %s is refused, with a reason', (engine, device) => {
    const spec = specFor(engine, device);
    expect(() => buildInferenceObjects(spec, modelOf(spec))).toThrow(
      /^inference\.yaml: spec\.accelerator\.vendor: .* does not run on .*: .{20,}\. (Name|Choose)/,
    );
  });
});
