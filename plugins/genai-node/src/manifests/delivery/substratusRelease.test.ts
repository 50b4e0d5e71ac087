import { parse } from 'yaml';
import { OUTPUT_SPECS } from '../__testUtils__/outputSpecs';
import { GOLDEN_SPECS, modelOf } from '../__testUtils__/specs';
import { renderInference } from '../renderInference';

const NAME = 'substratus-qwen-7b-on-2-mi300x';

function fileReader(spec: (typeof OUTPUT_SPECS)[string]) {
  const files = renderInference(spec, modelOf(spec));
  return (path: string) =>
    parse(files.find(file => file.path === path)?.content ?? 'null');
}

describe('the Substratus AI chart by Flux', () => {
  const flux = fileReader(OUTPUT_SPECS[`flux-${NAME}`]);
  const kustomize = fileReader(GOLDEN_SPECS[NAME]);
  const release = flux('base/helmrelease.yaml');

  it('takes the values and patches of the kustomization', () => {
    expect(release.spec.values).toEqual(kustomize('base/values.yaml'));
    const [{ kustomize: renderer }] = release.spec.postRenderers;
    expect(
      renderer.patches.map(({ patch }: { patch: string }) => parse(patch)),
    ).toEqual([
      kustomize('base/deployment-patch.yaml'),
      kustomize('base/service-patch.yaml'),
    ]);
  });

  it('pins the chart in its repository', () => {
    expect(release.spec.chart.spec).toEqual({
      chart: 'text-generation-inference',
      version: '0.1.1',
      sourceRef: { kind: 'HelmRepository', name: 'substratus-chat' },
    });
    expect(flux('base/helmrepository.yaml')).toMatchObject({
      metadata: { name: 'substratus-chat' },
      spec: { url: 'https://substratusai.github.io/helm' },
    });
    expect(release.spec.serviceAccountName).toBe('team-chat');
  });

  it('leaves out an account that lives in another namespace', () => {
    const spec = structuredClone(OUTPUT_SPECS[`flux-${NAME}`]);
    Object.assign(spec.spec.delivery!, { namespace: 'flux-system' });
    const elsewhere = fileReader(spec)('base/helmrelease.yaml');
    expect(elsewhere.spec.serviceAccountName).toBeUndefined();
  });

  it('needs no chart in the kustomization, and no replicas in the overlay', () => {
    const base = flux('base/kustomization.yaml');
    expect(base.helmCharts).toBeUndefined();
    expect(base.resources).toEqual(
      expect.arrayContaining(['helmrelease.yaml', 'helmrepository.yaml']),
    );
    expect(base.resources).not.toContain('deployment.yaml');
    expect(flux('overlays/demo/kustomization.yaml').replicas).toBeUndefined();
  });
});
