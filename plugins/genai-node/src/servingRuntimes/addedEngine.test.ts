import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Deployment } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { deriveModelServers } from '../derive';
import {
  buildInferenceEntities,
  buildInferenceObjects,
  endpointOf,
  inferenceNotices,
  renderInference,
  servedModelOf,
} from '../manifests';
import { evaluateChart } from '../manifests/__testUtils__/evaluateChart';
import { modelOf, specOf } from '../manifests/__testUtils__/specs';
import { CURATED_MODELS, findModel } from '../models';
import { H100, MAX_1550, MI300X } from '../sizing/__fixtures__/gpuNodes';
import { codes, plan } from '../sizing/__fixtures__/plan';
import { h100Node } from '../testing/objects';
import { observe } from '../testing/observe';
import { acmeServe } from './__testUtils__/acmeServe';
import type { AddedEngine } from './AddedEngine';
import { createEngineRegistry } from './EngineRegistry';
import { describeEngines, engineRefusal, parseEngineImages } from './index';

const engines = createEngineRegistry([acmeServe]);
const MODEL = 'Qwen/Qwen2.5-7B-Instruct';
const REVISION = '0123456789abcdef0123456789abcdef01234567';

function spec(changes: Partial<InferenceSpec['spec']> = {}): InferenceSpec {
  return specOf({
    name: 'chat',
    model: MODEL,
    spec: { engine: { name: 'acme/serve' }, ...changes },
  });
}

function deploymentOf(
  wanted: InferenceSpec,
  options: Parameters<typeof buildInferenceObjects>[2] = { engines },
) {
  const objects = buildInferenceObjects(wanted, modelOf(wanted), options);
  const found = objects.find(({ kind }) => kind === 'Deployment');
  return (found as unknown as V1Deployment).spec!.template.spec!;
}

const withEngineOf = (changes: Partial<AddedEngine>) => [
  { ...acmeServe, engine: { ...acmeServe.engine!, ...changes } },
];

describe('an added engine', () => {
  it('is offered after ours, with the devices that it has images for', () => {
    expect(describeEngines({}, engines).at(-1)).toEqual({
      engine: 'acme/serve',
      title: 'Acme Serve',
      tasks: ['text-generation'],
      deployedBy: 'Deployment',
      platforms: ['nvidia', 'amd'],
    });
    expect(describeEngines({}, engines)).toHaveLength(
      describeEngines().length + 1,
    );
  });

  it('is not offered where it is only to be recognised', () => {
    const { engine: _, ...shownOnly } = acmeServe;
    expect(createEngineRegistry([shownOnly]).all()).toHaveLength(
      describeEngines().length,
    );
  });

  it('is planned with the memory of the engine that it is most alike, and says so', () => {
    const answer = plan({ model: MODEL, engine: 'acme/serve' }, [H100], {
      engines,
    });
    const ofVllm = plan({ model: MODEL }, [H100]);
    expect(answer).toMatchObject({ engine: 'acme/serve', verdict: 'Fits' });
    expect(answer.choice?.memory).toEqual(ofVllm.choice?.memory);
    expect(answer.reasons).toContainEqual({
      code: 'SizedAsAnother',
      severity: 'Info',
      message:
        'The memory of Acme Serve is calculated as that of vLLM, which it was added as most alike.',
    });
  });

  it('is refused on devices without an image of it, until an adopter has one', () => {
    const onIntel = { model: MODEL, engine: 'acme/serve' } as const;
    const refused = plan(onIntel, [MAX_1550], { engines });
    expect(refused.verdict).toBe('DoesNotFit');
    expect(refused.reasons[0]).toMatchObject({
      code: 'VendorNotSupported',
      message:
        'Acme Serve does not run on Intel GPUs: it was added without an image for them. Choose another engine or vendor.',
    });
    const images = parseEngineImages({
      'acme/serve': { intel: 'registry.acme.example/acme-serve:4.2-xpu' },
    });
    const taken = plan(onIntel, [MAX_1550], { engines, images });
    expect(codes(taken.reasons)).not.toContain('VendorNotSupported');
  });

  it('runs on the exact architecture of an image', () => {
    expect(
      plan({ model: MODEL, engine: 'acme/serve' }, [MI300X], { engines })
        .verdict,
    ).toBe('Fits');
  });

  it.each([
    ['weights', { quantization: 'gguf' }, 'QuantizationNotSupported'],
    ['a KV cache', { kvCacheDtype: 'fp8' }, 'KvCacheDtypeNotSupported'],
  ] as const)('refuses %s that it was not added for', (_, asked, code) => {
    const model = 'Qwen/Qwen3-8B';
    const answer = plan({ model, engine: 'acme/serve', ...asked }, [H100], {
      engines,
    });
    expect(answer.verdict).toBe('DoesNotFit');
    expect(answer.reasons[0].code).toBe(code);
  });

  it('says of a model why it cannot serve it at all', () => {
    const of = (id: string) =>
      engineRefusal(
        'acme/serve',
        findModel(CURATED_MODELS, id)!,
        undefined,
        engines,
      );
    expect(of(MODEL)).toBeUndefined();
    expect(of('BAAI/bge-m3')).toMatch(/is a model for embedding, Acme Serve/);
  });

  it('may limit itself further', () => {
    const limited = createEngineRegistry(
      withEngineOf({
        limits: ({ gpuCount }) =>
          gpuCount > 1
            ? [{ code: 'OneGpu', severity: 'Blocking', message: 'One GPU.' }]
            : [],
      }),
    );
    expect(
      plan({ model: MODEL, engine: 'acme/serve', gpuCount: 2 }, [H100], {
        engines: limited,
      }).reasons[0].code,
    ).toBe('OneGpu');
  });

  it('cannot be planned or rendered by whoever does not know it', () => {
    expect(() => plan({ model: MODEL, engine: 'acme/serve' }, [H100])).toThrow(
      'engine: there is no engine "acme/serve"; known are vllm, sglang',
    );
    expect(() => buildInferenceObjects(spec(), undefined)).toThrow(
      /there is no engine "acme\/serve"/,
    );
  });

  it('renders the Deployment that all of ours have, with its image and words', () => {
    const pod = deploymentOf(spec());
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(pod.containers[0]).toMatchObject({
      name: 'serve',
      image: 'registry.acme.example/acme-serve:4.2',
      args: ['--weights', MODEL, '--context=8192', '--gpus=1'],
      ports: [{ name: 'http', containerPort: 8000, protocol: 'TCP' }],
      readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
      livenessProbe: { httpGet: { path: '/alive', port: 'http' } },
      resources: { limits: { 'nvidia.com/gpu': '1' } },
      securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true },
    });
  });

  it('gives way to the image of an adopter, and of a spec', () => {
    const images = parseEngineImages({
      'acme/serve': { nvidia: 'mirror.example.com/acme-serve:4.3' },
    });
    expect(deploymentOf(spec(), { engines, images }).containers[0].image).toBe(
      'mirror.example.com/acme-serve:4.3',
    );
    const own = { name: 'acme/serve', image: 'me/acme-serve:1' } as const;
    expect(
      deploymentOf(spec({ engine: own }), { engines, images }).containers[0]
        .image,
    ).toBe('me/acme-serve:1');
  });

  it('reads what a Job has downloaded, if it was added so', () => {
    const shared = spec({
      model: { id: MODEL, revision: REVISION },
      storage: { mode: 'Shared', size: '60Gi' },
    });
    expect(deploymentOf(shared).containers[0].args).toContain(
      `/models/Qwen--Qwen2.5-7B-Instruct/${REVISION}`,
    );
    const bare = createEngineRegistry(
      withEngineOf({ readsSharedWeights: false }),
    );
    expect(() => deploymentOf(shared, { engines: bare })).toThrow(
      /spec.storage.mode: Acme Serve does not read weights/,
    );
  });

  it('is scaled on its own metric', () => {
    const objects = buildInferenceObjects(
      spec({
        monitoring: {},
        autoscaling: {
          maxReplicas: 3,
          prometheusUrl: 'http://prometheus:9090',
        },
      }),
      undefined,
      { engines },
    );
    expect(JSON.stringify(objects)).toContain('acme_waiting');
  });

  it('comes as a chart with the same objects', () => {
    const wanted = spec({ output: 'Helm' });
    const model = modelOf(wanted);
    const byName = (objects: readonly { kind: string }[]) =>
      [...objects].sort((a, b) => a.kind.localeCompare(b.kind));
    expect(
      byName(evaluateChart(renderInference(wanted, model, { engines }))),
    ).toEqual(byName(buildInferenceObjects(wanted, model, { engines })));
  });

  it('has its endpoint, notices and entities', () => {
    const wanted = spec();
    expect(endpointOf(wanted, engines)).toBe(
      `http://chat.${wanted.spec.target.namespace}.svc:8000/api/v1`,
    );
    expect(servedModelOf(wanted, engines)).toBe(MODEL);
    expect(
      codes(inferenceNotices(wanted, modelOf(wanted), { engines })),
    ).toContain('SizedAsAnother');
    const [component] = buildInferenceEntities(wanted, undefined, { engines });
    expect(component.metadata.tags).toEqual([
      'genai',
      'inference',
      'acme-serve',
    ]);
  });

  it('is recognised as what was rendered', () => {
    const wanted = spec();
    const objects = buildInferenceObjects(wanted, modelOf(wanted), { engines });
    const state = observe([h100Node('h100'), ...objects], {
      added: { servingRuntimes: [acmeServe] },
    });
    expect(deriveModelServers([state], {}).items).toMatchObject([
      {
        name: 'chat',
        runtimeTitle: 'Acme Serve',
        model: { id: MODEL },
        gpus: [{ resource: 'nvidia.com/gpu', perReplicaCount: 1 }],
      },
    ]);
  });
});

it('is what the guide shows', () => {
  const guide = readFileSync(
    join(__dirname, '../../../../docs/guides/add-a-serving-runtime.md'),
    'utf8',
  );
  const [, shown] = /```ts\n(.*?)```/s.exec(guide) ?? [];
  const tested = readFileSync(
    join(__dirname, '__testUtils__/acmeServe.ts'),
    'utf8',
  );
  expect(shown).toBe(
    tested.replace(
      '../AddedServingRuntime',
      '@promptside/backstage-plugin-genai-node',
    ),
  );
});

describe('a registry of engines', () => {
  it.each([
    ['a name of ours', { name: 'vllm' }, /must be <house>\/<engine>/],
    ['a name in upper case', { name: 'Acme/Serve' }, /not "Acme\/Serve"/],
    ['an unknown likeness', { sizedAs: 'acme/other' }, /not "acme\/other"/],
  ])('refuses %s', (_, changes, message) => {
    expect(() =>
      createEngineRegistry(withEngineOf(changes as Partial<AddedEngine>)),
    ).toThrow(message);
  });

  it('refuses an engine that was added twice', () => {
    expect(() => createEngineRegistry([acmeServe, acmeServe])).toThrow(
      'Engine "acme/serve" was added twice',
    );
  });
});
