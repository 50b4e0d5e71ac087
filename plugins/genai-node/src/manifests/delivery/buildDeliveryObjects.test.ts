import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { OUTPUT_SPECS, written } from '../__testUtils__/outputSpecs';
import { GOLDEN_SPECS, modelOf } from '../__testUtils__/specs';
import { inferenceNotices } from '../inferenceNotices';
import { renderInference } from '../renderInference';
import { buildDeliveryObjects } from './buildDeliveryObjects';

const REPO = 'https://github.com/acme/chat.git';

const build = (spec: InferenceSpec) =>
  buildDeliveryObjects(spec, modelOf(spec));

describe('objects of a delivery', () => {
  it.each([undefined, { kind: 'None' } as const])('are none by %j', kind => {
    const spec = written(GOLDEN_SPECS['llama-8b-on-l4'], { delivery: kind });
    expect(build(spec)).toEqual([]);
    const paths = renderInference(spec, modelOf(spec)).map(({ path }) => path);
    expect(paths.filter(path => path.startsWith('delivery/'))).toEqual([]);
  });

  it('point at folders that are rendered', () => {
    for (const spec of Object.values(OUTPUT_SPECS)) {
      const files = renderInference(spec, modelOf(spec));
      const { delivery } = spec.spec;
      const root =
        delivery && 'path' in delivery && delivery.path
          ? `${delivery.path}/`
          : '';
      for (const object of build(spec)) {
        const text = JSON.stringify(object);
        const [, path] = /"(?:path|chart)":"(?:\.\/)?([^"]+)"/.exec(text) ?? [];
        if (!path) continue;
        const file =
          spec.spec.output === 'Helm' ? 'Chart.yaml' : 'kustomization.yaml';
        expect(files.map(each => `${root}${each.path}`)).toContain(
          `${path}/${file}`,
        );
      }
    }
  });

  it.each(['mixtral-on-mi300x', 'shared-weights-qwen-32b-on-4-h100'])(
    'wait as long as %s may take to start',
    name => {
      const spec = written(GOLDEN_SPECS[name], {
        delivery: { kind: 'FluxKustomization', repoUrl: REPO },
      });
      const deployment = renderInference(spec, modelOf(spec)).find(
        ({ path }) => path === 'base/deployment.yaml',
      )!;
      const [, seconds] = /progressDeadlineSeconds: (\d+)/.exec(
        deployment.content,
      )!;
      expect(build(spec)[1]).toMatchObject({
        spec: { timeout: `${seconds}s` },
      });
    },
  );

  it('carry the labels of the service', () => {
    const [application] = build(
      OUTPUT_SPECS['helm-by-argo-tgi-qwen-14b-on-2-a100'],
    );
    expect(application.metadata.labels).toMatchObject({
      'app.kubernetes.io/managed-by': 'promptside',
      'backstage.io/kubernetes-id': 'legacy-chat',
    });
  });
});

describe('notices of a delivery', () => {
  const codesOf = (spec: InferenceSpec) =>
    inferenceNotices(spec, modelOf(spec)).map(({ code }) => code);

  it('warn of the rights of Flux where no account is named', () => {
    expect(codesOf(OUTPUT_SPECS['flux-mixtral-on-mi300x'])).toContain(
      'FluxControllerRights',
    );
    expect(
      codesOf(OUTPUT_SPECS['helm-by-flux-kserve-qwen-7b-on-l4']),
    ).not.toContain('FluxControllerRights');
  });

  it('tell what Argo CD needs for a chart in a kustomization', () => {
    expect(
      codesOf(OUTPUT_SPECS['argo-substratus-qwen-14b-on-2-a100']),
    ).toContain('ArgoBuildOptions');
    expect(
      codesOf(OUTPUT_SPECS['helm-by-argo-tgi-qwen-14b-on-2-a100']),
    ).not.toContain('ArgoBuildOptions');
  });
});

describe('what does not go together', () => {
  const plain = GOLDEN_SPECS['llama-8b-on-l4'];
  const chart = GOLDEN_SPECS['substratus-qwen-14b-on-2-a100'];
  const flux = { kind: 'FluxKustomization', repoUrl: REPO } as const;
  const release = { kind: 'FluxHelmRelease', repoUrl: REPO } as const;

  it.each([
    [
      'a release of plain manifests',
      written(plain, { delivery: release }),
      /spec\.delivery\.kind: "FluxHelmRelease" installs a chart; set spec\.output to "Helm"/,
    ],
    [
      'a kustomization of a chart',
      written(plain, { output: 'Helm', delivery: flux }),
      /spec\.delivery\.kind: "FluxKustomization" reads a kustomization; set spec\.output to "Kustomize"/,
    ],
    [
      'a chart in a chart',
      written(chart, { output: 'Helm' }),
      /spec\.output: .* is a chart already/,
    ],
  ])('is refused: %s', (_, spec, message) => {
    expect(() => build(spec)).toThrow(message);
    expect(() => renderInference(spec, modelOf(spec))).toThrow(message);
  });

  it.each([
    [{ output: 'Chart' }, /spec\.output: must be "Kustomize" or "Helm"/],
    [{ output: 3 }, /spec\.output: must be "Kustomize" or "Helm"/],
    [{ delivery: 'Flux' }, /spec\.delivery: must have a kind: "None"/],
    [{ delivery: { kind: 'Flux' } }, /spec\.delivery\.kind: must be "None"/],
    [
      { delivery: { kind: 'ArgoApplication', repoUrl: 'acme/chat' } },
      /spec\.delivery\.repoUrl: must be the address of a Git repository such as/,
    ],
    [
      {
        delivery: {
          kind: 'ArgoApplication',
          repoUrl: REPO,
          namespace: 'n'.repeat(64),
        },
      },
      /spec\.delivery\.namespace: must have at most 63 characters/,
    ],
    [
      { delivery: { kind: 'FluxHelmRelease', repoUrl: REPO, chart: 'x' } },
      /spec\.delivery\.chart: is not a field of the spec/,
    ],
  ])('is refused with its field: %j', (how, message) => {
    const spec = written(plain, how as Partial<InferenceSpec['spec']>);
    expect(() => build(spec)).toThrow(message);
  });
});
