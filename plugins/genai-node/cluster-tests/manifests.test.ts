import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { parseAllDocuments } from 'yaml';
import {
  buildInferenceObjects,
  overlayPath,
  renderInference,
  type KubernetesObjectLike,
} from '../src';
import { GOLDEN_SPECS, modelOf } from '../src/manifests/__testUtils__/specs';
import { engineQuestion } from '../src/servingRuntimes/engineQuestion';
import { engineOf } from '../src/servingRuntimes/engines';
import { postObject } from './postObject';

jest.setTimeout(60_000);

const NAMESPACE = `genai-node-${Date.now().toString(36)}`;
const BASELINE = `${NAMESPACE}-baseline`;

/** The specs, moved to a namespace of our own. */
const SPECS = Object.entries(GOLDEN_SPECS).map(([name, spec]) => {
  const target = { ...spec.spec.target, namespace: NAMESPACE };
  return [name, { ...spec, spec: { ...spec.spec, target } }] as const;
});

const build = (spec: InferenceSpec) =>
  buildInferenceObjects(spec, modelOf(spec));

interface PodSpec {
  containers: { securityContext: Record<string, unknown> }[];
}

/** The strictest Pod Security standard that the service's pods claim. */
const levelOf = (spec: InferenceSpec) =>
  engineOf(spec).security(engineQuestion(spec, modelOf(spec))).level;

/** Pods of a service, as the controller would make them; a NIMService's are its operator's. */
function podSpecOf(spec: InferenceSpec): PodSpec | undefined {
  const objects = build(spec);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  if (deployment) {
    return (deployment as unknown as { spec: { template: { spec: PodSpec } } })
      .spec.template.spec;
  }
  const service = objects.find(({ kind }) => kind === 'InferenceService');
  if (!service) return undefined;
  const { predictor } = (
    service as unknown as { spec: { predictor: Record<string, unknown> } }
  ).spec;
  const {
    labels: _,
    annotations: __,
    minReplicas: ___,
    maxReplicas: ____,
    deploymentStrategy: _____,
    model,
    ...pod
  } = predictor;
  const { modelFormat, runtime, ...container } = model as Record<
    string,
    unknown
  >;
  return {
    ...pod,
    containers: [{ name: 'kserve-container', ...container }],
  } as unknown as PodSpec;
}

/** A pod as the controller would make it: where Pod Security is enforced. */
function podOf(spec: InferenceSpec, namespace: string) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${spec.metadata.name}-pod`, namespace },
    spec: podSpecOf(spec)!,
  };
}

async function create(object: KubernetesObjectLike): Promise<void> {
  const { message } = await postObject(object, { dryRun: false });
  if (message) throw new Error(message);
}

describe('rendered manifests on a real API server', () => {
  beforeAll(async () => {
    for (const [name, level] of [
      [NAMESPACE, 'restricted'],
      [BASELINE, 'baseline'],
    ]) {
      await create({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          labels: {
            'pod-security.kubernetes.io/enforce': level,
            'pod-security.kubernetes.io/warn': level,
          },
        },
      });
      // Pods are refused while their account does not exist, even in a dry run.
      const accounts = SPECS.flatMap(([, spec]) =>
        build(spec).filter(({ kind }) => kind === 'ServiceAccount'),
      );
      for (const account of accounts) {
        const metadata = { ...account.metadata, namespace: name };
        await create({ ...account, metadata });
      }
    }
  });

  it.each(SPECS)('%s passes the strict dry run', async (_, spec) => {
    const objects = build(spec).filter(({ kind }) => kind !== 'ServiceAccount');
    expect(objects.length).toBeGreaterThanOrEqual(3);
    for (const object of objects) {
      const place = levelOf(spec) === 'restricted' ? NAMESPACE : BASELINE;
      const metadata = { ...object.metadata, namespace: place };
      expect([
        object.kind,
        await postObject({ ...object, metadata }, { dryRun: true }),
      ]).toEqual([object.kind, { status: 201, message: '', warnings: [] }]);
    }
  });

  const WITH_PODS = SPECS.filter(([, spec]) => podSpecOf(spec));

  it.each(WITH_PODS)(
    '%s has pods that the claimed Pod Security standard admits',
    async (_, spec) => {
      const place = levelOf(spec) === 'restricted' ? NAMESPACE : BASELINE;
      expect(await postObject(podOf(spec, place), { dryRun: true })).toEqual({
        status: 201,
        message: '',
        warnings: [],
      });
    },
  );

  it.each(WITH_PODS.filter(([, spec]) => levelOf(spec) === 'baseline'))(
    '%s claims no more than it keeps',
    async (_, spec) => {
      expect(
        await postObject(podOf(spec, NAMESPACE), { dryRun: true }),
      ).toMatchObject({
        status: 403,
        message: expect.stringContaining('PodSecurity'),
      });
    },
  );

  it('is held against a server that does refuse', async () => {
    const [[, spec]] = SPECS;
    const privileged = structuredClone(podOf(spec, NAMESPACE));
    privileged.spec.containers[0].securityContext.allowPrivilegeEscalation = true;
    expect(await postObject(privileged, { dryRun: true })).toMatchObject({
      status: 403,
      message: expect.stringContaining('PodSecurity'),
    });
    const service = build(spec).find(({ kind }) => kind === 'Service')!;
    const misspelt = { ...service, spce: {} } as KubernetesObjectLike;
    expect(await postObject(misspelt, { dryRun: true })).toMatchObject({
      status: 400,
      message: expect.stringContaining('spce'),
    });
  });

  const kubectl = process.env.PROMPTSIDE_KUBECTL;
  // Without kubectl the lane has nothing that reads a kustomization.
  const describeKustomize = kubectl ? describe : describe.skip;
  describeKustomize('by kubectl', () => {
    // A chart would have to be downloaded; substratusChart.test.ts holds its values and patches against its templates.
    const plain = SPECS.filter(
      ([, spec]) => engineOf(spec).deployedBy !== 'HelmChart',
    );
    it.each(plain)(
      '%s: the overlay gives exactly the objects',
      async (_, spec) => {
        const folder = await mkdtemp(join(tmpdir(), 'promptside-render-'));
        try {
          for (const file of renderInference(spec, modelOf(spec))) {
            const path = join(folder, file.path);
            await mkdir(dirname(path), { recursive: true });
            await writeFile(path, file.content);
          }
          const { stdout } = await promisify(execFile)(kubectl!, [
            'kustomize',
            join(folder, overlayPath(spec.spec.target.cluster)),
          ]);
          const byKind = (a: { kind: string }, b: { kind: string }) =>
            a.kind.localeCompare(b.kind);
          expect(
            parseAllDocuments(stdout)
              .map(document => document.toJS())
              .sort(byKind),
          ).toEqual(build(spec).sort(byKind));
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      },
    );
  });
});
