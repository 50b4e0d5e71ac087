import type {
  InferenceSpec,
  PlanCandidate,
} from '@promptside/backstage-plugin-genai-common';
import { deriveGpuNodes } from '../derive';
import {
  HELM_SPECS,
  written as specWith,
} from '../manifests/__testUtils__/outputSpecs';
import {
  GOLDEN_SPECS,
  modelOf,
  specOf,
} from '../manifests/__testUtils__/specs';
import { buildInferenceObjects, renderInferenceEntities } from '../manifests';
import { CURATED_MODELS } from '../models';
import { modelCacheBytes, planInference } from '../sizing';
import type { TestObject } from '../testing/objects';
import { observe } from '../testing/observe';
import {
  argoRoundTrip,
  helmRoundTrip,
  NODES,
  roundTrip,
} from './__testUtils__/roundTrip';

const GIB = 2 ** 30;

/** What the golden path writes for a choice of the plan. */
function specFor(
  choice: PlanCandidate,
  model: (typeof CURATED_MODELS)[number],
): InferenceSpec {
  const variant = model.variants.find(
    ({ quantization }) => quantization === choice.quantization,
  )!;
  const { vendor, resource, gpuCount, product } = choice;
  return specOf({
    name: 'planned',
    model: variant.repository ?? model.id,
    spec: {
      model: {
        id: variant.repository ?? model.id,
        ...(model.gated
          ? { tokenSecret: { name: 'hub', key: 'HF_TOKEN' } }
          : {}),
      },
      accelerator: { vendor, resource, count: gpuCount, product },
      contextLength: choice.contextLength,
      storage: { size: `${modelCacheBytes(variant.weightsBytes) / GIB}Gi` },
    },
  });
}

describe('what is written is read as the same', () => {
  it.each(Object.entries(GOLDEN_SPECS))('%s', (_, spec) => {
    const { seen, written } = roundTrip(spec);
    expect(seen).toEqual(written);
  });

  it.each(HELM_SPECS)('%s, by Helm', (_, spec) => {
    const { seen, written } = helmRoundTrip(spec);
    expect(seen).toEqual(written);
  });

  it.each(Object.entries(GOLDEN_SPECS))('%s, by Argo CD', (_, spec) => {
    const { seen, written } = argoRoundTrip(
      specWith(spec, {
        delivery: {
          kind: 'ArgoApplication',
          repoUrl: 'https://github.com/acme/service.git',
        },
      }),
    );
    expect(seen).toEqual(written);
  });

  const { items: nodes } = deriveGpuNodes([observe(NODES)], { limit: 500 });
  const cases = CURATED_MODELS.flatMap(model => {
    const inventory = { nodes, quota: [], quotaKnown: true };
    const { choice, alternatives } = planInference({
      model,
      request: { model: model.id, contextLength: 2048 },
      inventory,
    });
    return [...(choice ? [choice] : []), ...alternatives]
      .filter(({ verdict }) => verdict === 'Fits' || verdict === 'Tight')
      .map(
        candidate =>
          [
            `${model.id} ${candidate.quantization} on ${candidate.gpuCount} x ${candidate.product}`,
            candidate,
            model,
          ] as const,
      );
  });

  it('is planned on every kind of device', () => {
    const products = new Set(cases.map(([, { product }]) => product));
    expect([...products].sort()).toEqual([
      'AMD_Instinct_MI300X_OAM',
      'Arc_Pro_B60',
      'NVIDIA-A100-SXM4-40GB-MIG-3g.20gb',
      'NVIDIA-A100-SXM4-80GB',
      'NVIDIA-H100-80GB-HBM3',
      'NVIDIA-L4',
      'Tesla-T4',
    ]);
  });

  it.each(cases)('%s', (_, candidate, model) => {
    const { seen, written } = roundTrip(specFor(candidate, model));
    expect(seen).toEqual(written);
  });

  it('binds pods to nodes that carry the label they select', () => {
    for (const [, candidate, model] of cases) {
      const spec = specFor(candidate, model);
      const deployment = buildInferenceObjects(spec, model).find(
        ({ kind }) => kind === 'Deployment',
      ) as unknown as TestObject;
      const { template } = deployment.spec as {
        template: { spec: { nodeSelector: Record<string, string> } };
      };
      const [[label, value]] = Object.entries(template.spec.nodeSelector);
      const fitting = NODES.filter(
        ({ metadata, status }) =>
          metadata?.labels?.[label] === value &&
          candidate.resource in
            (status as { allocatable: Record<string, string> }).allocatable,
      );
      expect(fitting).toHaveLength(1);
    }
  });

  it('takes away what the next plan finds free', () => {
    const spec = GOLDEN_SPECS['qwen-32b-on-4-h100-shared-cache'];
    const model = modelOf(spec)!;
    const objects = buildInferenceObjects(spec, model);
    const left = (state: ReturnType<typeof observe>) =>
      planInference({
        model,
        request: { model: model.id, product: 'NVIDIA-H100-80GB-HBM3' },
        inventory: {
          nodes: deriveGpuNodes([state], { limit: 500 }).items,
          quota: [],
          quotaKnown: true,
        },
      }).choice;
    expect(left(observe(NODES))?.freeCount).toBe(8);
    expect(left(observe([...NODES, ...objects]))).toMatchObject({
      freeCount: 0,
      verdict: 'DoesNotFit',
    });
  });

  it('keeps the name of the token Secret out of the catalog', () => {
    const spec = GOLDEN_SPECS['llama-8b-on-l4'];
    const text = renderInferenceEntities(spec, modelOf(spec));
    expect(text).not.toContain('hub-token');
  });
});
