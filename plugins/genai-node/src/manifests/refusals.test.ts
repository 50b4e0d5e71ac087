import {
  inferenceSpecSchema,
  type InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import fc from 'fast-check';
import { parse } from 'yaml';
import { changed, modelOf, specOf } from './__testUtils__/specs';
import { buildInferenceObjects } from './buildInferenceObjects';
import { renderInference } from './renderInference';

const build = (spec: InferenceSpec) =>
  buildInferenceObjects(spec, modelOf(spec));

/** `same` when the files read back as spec and objects, else what differs or is refused. */
function attempt(spec: InferenceSpec): string {
  try {
    const files = renderInference(spec, modelOf(spec));
    const [kept] = files;
    const objects = build(spec);
    const bases = files.filter(({ path }) =>
      /^base\/(?!kustomization)/.test(path),
    );
    expect(inferenceSpecSchema.parse(parse(kept.content))).toEqual(spec);
    expect(bases.map(({ content }) => parse(content).metadata)).toEqual(
      objects.map(({ metadata: { namespace: _, ...rest } }) => rest),
    );
    return 'same';
  } catch (error) {
    return String(error);
  }
}

describe('a spec that cannot run', () => {
  it.each<[string, (spec: InferenceSpec) => void, RegExp]>([
    [
      'the name vllm',
      s => {
        s.metadata.name = 'vllm';
      },
      /metadata\.name: must not be "vllm"/,
    ],
    [
      'a resource of another vendor',
      s => {
        s.spec.accelerator!.resource = 'amd.com/gpu';
      },
      /spec\.accelerator\.resource: "amd.com\/gpu" is no GPU resource of nvidia/,
    ],
    [
      'a resource that is no GPU',
      s => {
        s.spec.accelerator!.resource = 'example.com/fpga';
      },
      /spec\.accelerator\.resource/,
    ],
    [
      'several slices',
      s => {
        s.spec.accelerator = {
          vendor: 'nvidia',
          resource: 'nvidia.com/mig-1g.10gb',
          count: 2,
        };
      },
      /spec\.accelerator\.count: must be 1/,
    ],
    [
      'a split that the heads forbid',
      s => {
        s.spec.accelerator!.count = 3;
      },
      /spec\.accelerator\.count: .*does not run on 3 GPUs/,
    ],
    [
      'a device without an image',
      s => {
        s.spec.accelerator = {
          vendor: 'intel',
          resource: 'habana.ai/gaudi',
          count: 1,
        };
      },
      /spec\.accelerator\.vendor: vLLM does not run on Intel Gaudi: .*"latest"/,
    ],
    [
      'too long a context',
      s => {
        s.spec.contextLength = 200_000;
      },
      /spec\.contextLength: 200,000 is more than the 131,072/,
    ],
    [
      'a gated model without a token',
      s => {
        delete s.spec.model.tokenSecret;
      },
      /spec\.model\.tokenSecret: .* is gated/,
    ],
    [
      'a cache smaller than the weights',
      s => {
        s.spec.storage.size = '10Gi';
      },
      /spec\.storage\.size: 10Gi is less than the 15\.0 GiB/,
    ],
    [
      'a label key with two slashes',
      s => {
        s.spec.monitoring = { labels: { 'a/b/c': 'x' } };
      },
      /spec\.monitoring\.labels\.a\/b\/c: is no label key/,
    ],
    [
      'a label value that ends in a dash',
      s => {
        s.spec.monitoring = { labels: { a: 'x-' } };
      },
      /spec\.monitoring\.labels\.a: "x-" is no label value/,
    ],
    [
      'autoscaling that nothing measures and that goes nowhere',
      s => {
        delete s.spec.monitoring;
        s.spec.replicas = 2;
        s.spec.autoscaling = {
          maxReplicas: 2,
          prometheusUrl: 'http://prometheus.monitoring.svc:9090',
        };
      },
      /spec\.autoscaling\.maxReplicas: 2 is not more than the 2.*spec\.monitoring: is needed/,
    ],
    [
      'autoscaling beside a controller of its own',
      s => {
        s.spec.engine.name = 'kserve';
        s.spec.autoscaling = {
          maxReplicas: 2,
          prometheusUrl: 'http://prometheus.monitoring.svc:9090',
        };
      },
      /spec\.autoscaling: is not written for KServe/,
    ],
    [
      'a way in by Gateway and Ingress both',
      s => {
        s.spec.exposure = {
          host: 'chat.example.com',
          fromNamespace: 'gateway-system',
          gateway: { name: 'public', namespace: 'gateway-system' },
          ingress: {},
        };
      },
      /spec\.exposure: must have either gateway or ingress/,
    ],
    [
      'an image without a tag',
      s => {
        s.spec.engine.image = 'vllm/vllm-openai';
      },
      /spec\.engine\.image/,
    ],
    [
      'the tag latest',
      s => {
        s.spec.engine.image = 'vllm/vllm-openai:latest';
      },
      /spec\.engine\.image/,
    ],
  ])('refuses %s and names the field', (_, change, message) => {
    expect(() => build(changed(change))).toThrow(message);
  });

  it('names all wrong fields at once', () => {
    const spec = changed(s => {
      s.metadata.name = 'vllm';
      s.spec.storage.size = '1';
    });
    expect(() => build(spec)).toThrow(/metadata\.name.*spec\.storage\.size/);
  });

  it('asks for some storage even for a model that nobody knows', () => {
    const spec = specOf({
      name: 'x1',
      model: 'acme/x',
      spec: { storage: { size: '100Mi' } },
    });
    expect(() => buildInferenceObjects(spec, undefined)).toThrow(
      /spec\.storage\.size/,
    );
  });

  it('renders any valid spec into YAML that reads back as the objects, and refuses the rest by field', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom(
        'yes',
        '1e3',
        '0x1',
        'a: b',
        '{{x}}',
        "'",
        '"',
        '\n',
        '- x',
        '# x',
        '*a',
        '&a',
        '!!x',
      ),
    );
    fc.assert(
      fc.property(
        text,
        fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])$/),
        fc.stringMatching(/^[A-Za-z0-9._/-]{1,20}$/),
        fc.stringMatching(/^[A-Za-z0-9._-]{0,20}$/),
        fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.:/]{0,20}[A-Za-z0-9])$/),
        (description, name, key, value, cluster) => {
          const spec = changed(s => {
            s.metadata = { ...s.metadata, name, description };
            s.spec.target.cluster = cluster;
            s.spec.model.servedName = `x${value}`;
            s.spec.monitoring = { labels: { [key]: value } };
          });
          expect(attempt(spec)).toMatch(
            /^(same|InputError: inference\.yaml: (metadata|spec)\.[\w./-]+: )/,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
