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
import { postObject } from './postObject';

jest.setTimeout(60_000);

const NAMESPACE = `genai-node-${Date.now().toString(36)}`;

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

/** A pod as the Deployment's controller would make it: where Pod Security is enforced. */
function podOf(spec: InferenceSpec) {
  const deployment = build(spec).find(({ kind }) => kind === 'Deployment');
  const { template } = (
    deployment as unknown as {
      spec: { template: { metadata: object; spec: PodSpec } };
    }
  ).spec;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template.metadata,
      name: `${spec.metadata.name}-pod`,
      namespace: NAMESPACE,
    },
    spec: template.spec,
  };
}

async function create(object: KubernetesObjectLike): Promise<void> {
  const { message } = await postObject(object, { dryRun: false });
  if (message) throw new Error(message);
}

describe('rendered manifests on a real API server', () => {
  beforeAll(async () => {
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: NAMESPACE,
        labels: {
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
      },
    };
    await create(namespace);
    // Pods are refused while their account does not exist, even in a dry run.
    for (const [, spec] of SPECS) {
      const account = build(spec).find(
        ({ kind }) => kind === 'ServiceAccount',
      )!;
      await create(account);
    }
  });

  it.each(SPECS)(
    '%s passes the strict dry run, without a warning',
    async (_, spec) => {
      const objects = build(spec).filter(
        ({ kind }) => kind !== 'ServiceAccount',
      );
      expect(objects.length).toBeGreaterThanOrEqual(4);
      for (const object of objects) {
        expect([
          object.kind,
          await postObject(object, { dryRun: true }),
        ]).toEqual([object.kind, { status: 201, message: '', warnings: [] }]);
      }
    },
  );

  it.each(SPECS)(
    '%s has pods that Pod Security restricted admits',
    async (_, spec) => {
      expect(await postObject(podOf(spec), { dryRun: true })).toEqual({
        status: 201,
        message: '',
        warnings: [],
      });
    },
  );

  it('is held against a server that does refuse', async () => {
    const [[, spec]] = SPECS;
    const privileged = structuredClone(podOf(spec));
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
    it.each(SPECS)(
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
