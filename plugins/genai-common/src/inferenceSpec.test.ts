import { problemsOf } from './__testUtils__/problemsOf';
import { inferenceSpecSchema } from './inferenceSpec';

const ENGINE = { name: 'vllm' };
const MODEL = { id: 'Qwen/Qwen3-8B' };
const HOST = { host: 'chat.example.com', fromNamespace: 'ingress' };
const GATEWAY = { name: 'public', namespace: 'gateways' };

/** A model server with parts of its spec changed. */
function serverOf(parts: Record<string, unknown> = {}) {
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'InferenceService',
    metadata: { name: 'chat', owner: 'group:default/team-chat' },
    spec: {
      engine: ENGINE,
      model: MODEL,
      target: { cluster: 'demo', namespace: 'team-chat' },
      contextLength: 8192,
      replicas: 1,
      storage: { size: '40Gi' },
      ...parts,
    },
  };
}

const problems = (parts: Record<string, unknown>) =>
  problemsOf(inferenceSpecSchema, serverOf(parts));

describe('the spec of a model server', () => {
  it.each<Record<string, unknown>>([
    { cpu: { cores: 8 } },
    {
      accelerator: {
        vendor: 'nvidia',
        resource: 'nvidia.com/mig-3g.40gb',
        count: 1,
        product: 'NVIDIA-A100-SXM4-80GB-MIG-3g.40gb',
      },
    },
    { engine: { ...ENGINE, image: 'registry.test:5000/vllm:v0.11.0' } },
    {
      engine: {
        ...ENGINE,
        image: `vllm/vllm-openai@sha256:${'0'.repeat(64)}`,
      },
    },
    { engine: { name: 'acme/serve' } },
    { exposure: { ...HOST, gateway: GATEWAY } },
    { exposure: { ...HOST, ingress: {} } },
    {
      exposure: { ...HOST, ingress: { className: 'nginx', tlsSecret: 'tls' } },
    },
    {
      autoscaling: {
        maxReplicas: 4,
        prometheusUrl: 'http://prometheus.monitoring.svc:9090',
      },
    },
    { output: 'Helm', delivery: { kind: 'None' } },
  ])('takes %j', parts => {
    const spec = serverOf(parts);
    expect(inferenceSpecSchema.parse(spec)).toEqual(spec);
  });

  it.each([{}, { gateway: GATEWAY, ingress: {} }])(
    'opens the endpoint by either a Gateway or an Ingress, not by %j',
    ways => {
      expect(problems({ exposure: { ...HOST, ...ways } })).toEqual([
        'spec.exposure: must have either gateway or ingress',
      ]);
    },
  );

  it.each([
    ['vllm/vllm-openai:latest', 'must not use the tag "latest"'],
    ['vllm/vllm-openai', 'must be an image with a tag or digest'],
    ['registry.test:5000/vllm', 'must be an image with a tag or digest'],
    ['vllm/vllm-openai@sha256:0', 'must be an image with a tag or digest'],
  ])('does not pin the engine by the image %s', (image, message) => {
    expect(problems({ engine: { ...ENGINE, image } })).toEqual([
      `spec.engine.image: ${message}`,
    ]);
  });

  it.each([
    'localhost',
    'https://chat.example.com',
    'chat.example.com:8443',
    '*.example.com',
    'chat..example.com',
  ])('is not served at the host %s', host => {
    expect(problems({ exposure: { ...HOST, host, ingress: {} } })).toEqual([
      expect.stringMatching(/^spec\.exposure\.host: must be a host/),
    ]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a branch as the revision of the model',
      { model: { ...MODEL, revision: 'main' } },
      /^spec\.model\.revision: must be a 40-digit commit/,
    ],
    [
      'a file that is no GGUF',
      { model: { ...MODEL, file: '../model.gguf' } },
      /^spec\.model\.file: must be the path of a \.gguf file/,
    ],
    [
      'a token instead of the name of its Secret',
      { model: { ...MODEL, tokenSecret: 'hf_x' } },
      /^spec\.model\.tokenSecret: /,
    ],
    [
      'a resource of the kernel',
      { accelerator: { vendor: 'nvidia', resource: 'gpu', count: 1 } },
      /^spec\.accelerator\.resource: must be an extended resource/,
    ],
    [
      'a replica without a GPU of those it asks for',
      { accelerator: { vendor: 'amd', resource: 'amd.com/gpu', count: 0 } },
      /^spec\.accelerator\.count: /,
    ],
    [
      'autoscaling that never adds a replica',
      { autoscaling: { maxReplicas: 1, prometheusUrl: 'http://prometheus' } },
      /^spec\.autoscaling\.maxReplicas: /,
    ],
    [
      'a password in the address of Prometheus',
      {
        autoscaling: {
          maxReplicas: 2,
          prometheusUrl: 'http://me:secret@prometheus',
        },
      },
      /^spec\.autoscaling\.prometheusUrl: must be an address/,
    ],
    [
      'a size in words',
      { storage: { size: '40 GB' } },
      /^spec\.storage\.size: must be a Kubernetes quantity/,
    ],
    [
      'a label that Kubernetes would refuse',
      { monitoring: { labels: { release: 'a b' } } },
      /^spec\.monitoring\.labels\.release: /,
    ],
    ['all of the memory', { gpuMemoryUtilization: 1 }, /^spec\.gpuMemory/],
    ['a field it does not know', { gpu: 1 }, /^spec: .*gpu/],
  ])('refuses %s', (_, parts, message) => {
    expect(problems(parts)).toEqual([expect.stringMatching(message)]);
  });

  it('refuses the file of another version or kind', () => {
    expect(
      problemsOf(inferenceSpecSchema, {
        ...serverOf(),
        apiVersion: 'promptside.io/v2',
        kind: 'RagService',
      }).map(problem => problem.split(':')[0]),
    ).toEqual(['apiVersion', 'kind']);
  });
});
