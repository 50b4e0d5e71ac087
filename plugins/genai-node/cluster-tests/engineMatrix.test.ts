import type {
  InferenceOutput,
  InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { join } from 'node:path';
import {
  buildInferenceObjects,
  overlayPath,
  renderInference,
  type KubernetesObjectLike,
} from '../src';
import {
  cellSpec,
  REFUSED,
  REFUSED_AS_CHART,
  RENDERED,
  RENDERED_AS_CHART,
  type Device,
} from '../src/manifests/__testUtils__/engineMatrix';
import { modelOf } from '../src/manifests/__testUtils__/specs';
import { createSecuredNamespaces, levelOf, podOf, podSpecOf } from './podOf';
import { postObject } from './postObject';
import {
  HELM,
  inFolder,
  inOrder,
  KUBECTL,
  objectsIn,
  runProgram,
} from './runProgram';

jest.setTimeout(60_000);

const RESTRICTED = `matrix-${Date.now().toString(36)}`;
const BASELINE = `${RESTRICTED}-baseline`;

const ACCEPTED = { status: 201, message: '', warnings: [] };

/** The cell's spec, in the namespace that enforces what its pods claim. */
function placed(
  engine: Parameters<typeof cellSpec>[0],
  device: Device,
  output?: InferenceOutput,
): InferenceSpec {
  const spec = cellSpec(engine, device, output);
  const namespace = levelOf(spec) === 'restricted' ? RESTRICTED : BASELINE;
  const target = { ...spec.spec.target, namespace };
  return { ...spec, spec: { ...spec.spec, target } };
}

const build = (spec: InferenceSpec) =>
  buildInferenceObjects(spec, modelOf(spec));

/** What the API server says to each object. The account is there already, for the pods. */
const answersTo = (objects: readonly KubernetesObjectLike[]) =>
  Promise.all(
    objects
      .filter(({ kind }) => kind !== 'ServiceAccount')
      .map(async object => [
        object.kind,
        await postObject(object, { dryRun: true }),
      ]),
  );

const accepted = (objects: readonly KubernetesObjectLike[]) =>
  objects
    .filter(({ kind }) => kind !== 'ServiceAccount')
    .map(({ kind }) => [kind, ACCEPTED]);

/** Engine by device by output. KServe is the engine that writes an InferenceService, in either output. */
describe('the matrix of engines, devices and outputs', () => {
  beforeAll(() =>
    createSecuredNamespaces(
      { restricted: RESTRICTED, baseline: BASELINE },
      build(cellSpec('vllm', 'NVIDIA whole')).filter(
        ({ kind }) => kind === 'ServiceAccount',
      ),
    ),
  );

  it.each(REFUSED)('%s on %s is refused with a reason', (...cell) => {
    for (const output of ['Kustomize', 'Helm'] as const) {
      const spec = cellSpec(...cell, output);
      expect(() => renderInference(spec, modelOf(spec))).toThrow(
        /spec\.accelerator\.vendor: .* does not run on .*: .{20,}/,
      );
    }
  });

  it.each(REFUSED_AS_CHART)('%s on %s is no chart of ours', (...cell) => {
    const spec = cellSpec(...cell, 'Helm');
    expect(() => renderInference(spec, modelOf(spec))).toThrow(/spec\.output/);
  });

  it.each(RENDERED)('%s on %s passes the strict dry run', async (...cell) => {
    const objects = build(placed(...cell));
    expect(objects.length).toBeGreaterThanOrEqual(3);
    expect(await answersTo(objects)).toEqual(accepted(objects));
  });

  it.each(RENDERED.filter(cell => podSpecOf(build(cellSpec(...cell)))))(
    '%s on %s has pods that the claimed Pod Security standard admits',
    async (...cell) => {
      const spec = placed(...cell);
      const pod = podOf(spec, spec.spec.target.namespace);
      expect(await postObject(pod, { dryRun: true })).toEqual(ACCEPTED);
    },
  );

  // The lane says which of the two programs is missing.
  const describeKustomize = KUBECTL ? describe : describe.skip;
  describeKustomize('by kubectl', () => {
    // Substratus' own chart would have to be downloaded.
    it.each(RENDERED_AS_CHART)(
      '%s on %s: Kustomize gives what the API server takes',
      (...cell) => {
        const spec = placed(...cell, 'Kustomize');
        return inFolder(renderInference(spec, modelOf(spec)), async folder => {
          const { stdout } = await runProgram(KUBECTL!, [
            'kustomize',
            join(folder, overlayPath(spec.spec.target.cluster)),
          ]);
          const objects = objectsIn(stdout);
          expect(inOrder(objects)).toEqual(inOrder(build(spec)));
          expect(await answersTo(objects)).toEqual(accepted(objects));
        });
      },
    );
  });

  const describeHelm = HELM ? describe : describe.skip;
  describeHelm('by helm', () => {
    it.each(RENDERED_AS_CHART)(
      '%s on %s: the chart passes the linter and gives what the API server takes',
      (...cell) => {
        const spec = placed(...cell, 'Helm');
        return inFolder(renderInference(spec, modelOf(spec)), async folder => {
          const chart = join(folder, 'chart');
          expect(
            await runProgram(HELM!, ['lint', '--strict', chart]),
          ).toMatchObject({ code: 0, stderr: '' });
          const { stdout } = await runProgram(HELM!, [
            'template',
            'cell',
            chart,
          ]);
          const objects = objectsIn(stdout);
          expect(inOrder(objects)).toEqual(inOrder(build(spec)));
          expect(await answersTo(objects)).toEqual(accepted(objects));
        });
      },
    );
  });
});
