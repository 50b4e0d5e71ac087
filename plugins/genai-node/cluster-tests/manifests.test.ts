import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import {
  buildDeliveryObjects,
  buildInferenceObjects,
  overlayPath,
  renderInference,
  type KubernetesObjectLike,
} from '../src';
import { OUTPUT_SPECS } from '../src/manifests/__testUtils__/outputSpecs';
import { GOLDEN_SPECS, modelOf } from '../src/manifests/__testUtils__/specs';
import { engineOf } from '../src/servingRuntimes/engineOf';
import { join } from 'node:path';
import { createSecuredNamespaces, levelOf, podOf, podSpecOf } from './podOf';
import { postObject } from './postObject';
import {
  inFolder,
  inOrder,
  KUBECTL,
  objectsIn,
  runProgram,
} from './runProgram';

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

describe('rendered manifests on a real API server', () => {
  beforeAll(async () => {
    await createSecuredNamespaces(
      { restricted: NAMESPACE, baseline: BASELINE },
      SPECS.flatMap(([, spec]) =>
        build(spec).filter(({ kind }) => kind === 'ServiceAccount'),
      ),
    );
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

  const WITH_PODS = SPECS.filter(([, spec]) => podSpecOf(build(spec)));

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

  const DELIVERED = Object.entries(OUTPUT_SPECS)
    .flatMap(([name, spec]) =>
      buildDeliveryObjects(spec, modelOf(spec)).map(
        object => [name, object.kind, object] as const,
      ),
    )
    .map(([name, kind, object]) => {
      const metadata = { ...object.metadata, namespace: NAMESPACE };
      return [name, kind, { ...object, metadata }] as const;
    });

  it.each(DELIVERED)(
    '%s has a %s that passes the strict dry run',
    async (_, __, object) => {
      expect(await postObject(object, { dryRun: true })).toEqual({
        status: 201,
        message: '',
        warnings: [],
      });
    },
  );

  it('holds deliveries against schemas that do refuse', async () => {
    for (const [, , object] of DELIVERED) {
      const { spec } = object as unknown as { spec: object };
      const misspelt = { ...object, spec: { ...spec, intervall: '5m' } };
      expect(await postObject(misspelt, { dryRun: true })).toMatchObject({
        status: 400,
        message: expect.stringContaining('intervall'),
      });
    }
  });

  // Without kubectl the lane has nothing that reads a kustomization.
  const describeKustomize = KUBECTL ? describe : describe.skip;
  describeKustomize('by kubectl', () => {
    // A chart would have to be downloaded; substratusChart.test.ts holds its values and patches against its templates.
    const plain = SPECS.filter(
      ([, spec]) => engineOf(spec).deployedBy !== 'HelmChart',
    );
    it.each(plain)('%s: the overlay gives exactly the objects', (_, spec) =>
      inFolder(renderInference(spec, modelOf(spec)), async folder => {
        const { stdout } = await runProgram(KUBECTL!, [
          'kustomize',
          join(folder, overlayPath(spec.spec.target.cluster)),
        ]);
        expect(inOrder(objectsIn(stdout))).toEqual(inOrder(build(spec)));
      }),
    );

    it('the Substratus AI chart by Flux is a kustomization without a chart', () => {
      const spec = OUTPUT_SPECS['flux-substratus-qwen-7b-on-2-mi300x'];
      return inFolder(renderInference(spec, modelOf(spec)), async folder => {
        const { stdout } = await runProgram(KUBECTL!, [
          'kustomize',
          join(folder, overlayPath(spec.spec.target.cluster)),
        ]);
        const objects = objectsIn(stdout);
        expect(objects.map(({ kind }) => kind)).toEqual(
          expect.arrayContaining(['HelmRelease', 'HelmRepository']),
        );
        // What values set to null has to get as far as Helm: it takes the chart's own value away.
        expect(stdout).toContain('nvidia.com/gpu: null');
        // The account is there already, for the pods.
        const others = objects.filter(({ kind }) => kind !== 'ServiceAccount');
        for (const object of others) {
          const metadata = { ...object.metadata, namespace: NAMESPACE };
          expect([
            object.kind,
            await postObject({ ...object, metadata }, { dryRun: true }),
          ]).toEqual([object.kind, { status: 201, message: '', warnings: [] }]);
        }
      });
    });
  });
});
