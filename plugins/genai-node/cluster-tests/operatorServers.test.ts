import { observe } from '../src/testing/observe';
import { deriveModelServers, type KubernetesObjectLike } from '../src';
import { postObject } from './postObject';

jest.setTimeout(60_000);

const metadata = { name: 'chat', namespace: 'default' };
const gpu = { requests: { 'nvidia.com/gpu': '1' } };
const MODEL = 'Qwen/Qwen3-8B';

/** Model servers of operators as their users write them. We recognise these, and do not render them. */
const SERVERS: [string, string, object][] = [
  ...['v1alpha2', 'v1alpha1'].map<[string, string, object]>(version => [
    `serving.kserve.io/${version}`,
    'LLMInferenceService',
    {
      spec: {
        model: { uri: `hf://${MODEL}`, name: 'chat' },
        replicas: 2,
        parallelism: { tensor: 1 },
        router: { route: {}, gateway: {}, scheduler: {} },
        template: {
          containers: [
            { name: 'main', image: 'vllm/llm-d:v0.9', resources: gpu },
          ],
        },
      },
    },
  ]),
  [
    'kaito.sh/v1beta1',
    'Workspace',
    {
      resource: { labelSelector: { matchLabels: { gpu: 'a100' } } },
      inference: {
        preset: {
          name: 'phi-4-mini-instruct',
          presetOptions: { modelAccessSecret: 'hub-token' },
        },
      },
    },
  ],
  [
    'kubeai.org/v1',
    'Model',
    {
      spec: {
        url: `hf://${MODEL}`,
        engine: 'VLLM',
        features: ['TextGeneration'],
        resourceProfile: 'nvidia-gpu-l4:1',
        minReplicas: 1,
      },
    },
  ],
  [
    'apps.nvidia.com/v1alpha1',
    'NIMService',
    {
      spec: {
        image: {
          repository: 'nvcr.io/nim/meta/llama-3.1-8b-instruct',
          tag: '2.0.13',
        },
        authSecret: 'ngc',
        replicas: 1,
        resources: { limits: { 'nvidia.com/gpu': '1' } },
        expose: { service: { type: 'ClusterIP', port: 8000 } },
      },
    },
  ],
];

describe('model servers of operators', () => {
  it.each(SERVERS)(
    '%s %s that is recognised passes the strict dry run',
    async (apiVersion, kind, parts) => {
      const object = { apiVersion, kind, metadata, ...parts };
      expect(
        await postObject(object as KubernetesObjectLike, { dryRun: true }),
      ).toEqual({ status: 201, message: '', warnings: [] });
      expect(deriveModelServers([observe([object])], {}).items).toMatchObject([
        { name: 'chat', kind },
      ]);
    },
  );

  it.each(SERVERS)(
    '%s %s with a field of nobody does not',
    async (...server) => {
      const [apiVersion, kind, parts] = server;
      const [part] = Object.keys(parts);
      const object = {
        apiVersion,
        kind,
        metadata,
        ...parts,
        [part]: { ...Object.values(parts)[0], imagined: true },
      };
      const { status, message } = await postObject(
        object as KubernetesObjectLike,
        { dryRun: true },
      );
      expect(status).toBe(400);
      expect(message).toMatch(/unknown field \\"\w+\.imagined\\"/);
    },
  );
});
