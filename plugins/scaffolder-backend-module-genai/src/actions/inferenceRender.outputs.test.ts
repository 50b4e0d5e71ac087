import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { setupServer } from 'msw/node';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { answerWell, CHOICE as HARDWARE } from '../__testUtils__/fakeGenai';
import { runAction } from '../__testUtils__/runAction';
import { testAccess } from '../__testUtils__/testAccess';
import { createInferenceRenderAction } from './inferenceRender';

const server = setupServer();
registerMswTestHooks(server);
const workspace = createMockDirectory();

const MODEL = 'mistralai/Mistral-7B-Instruct-v0.3';
const REPO = 'https://github.com/acme/chat.git';
const FORM = {
  name: 'chat-llm',
  owner: 'group:default/team-search',
  model: MODEL,
  cluster: 'demo',
  namespace: 'team-search',
  choice: { ...HARDWARE, model: MODEL, engine: 'vllm' },
};

const action = createInferenceRenderAction({
  access: testAccess().access,
  catalog: catalogServiceMock({ entities: [] }),
  images: {},
});
const render = (input: object) =>
  runAction(action, input, { workspacePath: workspace.path });

const yamlAt = (path: string) =>
  parse(readFileSync(workspace.resolve(path), 'utf8'));

const kindsOf = (objects: unknown) =>
  (objects as { kind: string }[]).map(({ kind }) => kind);

beforeEach(() => {
  workspace.clear();
  answerWell(server);
});

describe('outputs of genai:inference:render', () => {
  it('are Kustomize that is applied directly, unless something else is asked for', async () => {
    for (const how of [
      {},
      { output: '', delivery: '', repoUrl: '' },
      { output: 'Kustomize', delivery: 'None', repoUrl: 'gerrit.test?x=y' },
      { delivery: { kind: 'None' } },
    ]) {
      workspace.clear();
      const { outputs } = await render({ ...FORM, ...how });
      const { spec } = yamlAt('inference.yaml');
      expect([spec.output, spec.delivery]).toEqual([undefined, undefined]);
      expect(readdirSync(workspace.path).sort()).toEqual([
        'base',
        'catalog-info.yaml',
        'inference.yaml',
        'overlays',
      ]);
      expect(outputs.toApply).toEqual(outputs.manifests);
    }
  });

  it('are a chart that Flux installs, of which the portal applies nothing but the release', async () => {
    const { outputs } = await render({
      ...FORM,
      output: 'Helm',
      delivery: 'FluxHelmRelease',
      repoUrl: REPO,
    });
    expect(yamlAt('inference.yaml').spec).toMatchObject({
      output: 'Helm',
      delivery: { kind: 'FluxHelmRelease', repoUrl: REPO },
    });
    expect(existsSync(workspace.resolve('base'))).toBe(false);
    expect(yamlAt('chart/Chart.yaml').name).toBe('chat-llm');
    expect(yamlAt('delivery/flux-gitrepository.yaml').spec.url).toBe(REPO);
    expect(kindsOf(outputs.toApply)).toEqual(['GitRepository', 'HelmRelease']);
    expect(kindsOf(outputs.manifests)).toEqual(
      expect.arrayContaining(['Deployment', 'GitRepository', 'HelmRelease']),
    );
    expect(outputs.files).toContain('delivery/flux-helmrelease.yaml');
  });

  it.each(['deploy/chat', './deploy/chat/', 'deploy/other/../chat'])(
    'point into the folder %s of the repository',
    async targetPath => {
      await render({
        ...FORM,
        targetPath,
        delivery: 'FluxKustomization',
        repoUrl: REPO,
      });
      const { spec } = yamlAt('deploy/chat/delivery/flux-kustomization.yaml');
      expect(spec.path).toBe('./deploy/chat/overlays/demo');
      expect(
        existsSync(workspace.resolve(`${spec.path}/kustomization.yaml`)),
      ).toBe(true);
    },
  );

  it.each([
    ['Flux', 'Kustomize', 'Kustomization'],
    ['Flux', undefined, 'Kustomization'],
    ['Flux', 'Helm', 'HelmRelease'],
    ['ArgoCD', 'Kustomize', 'Application'],
    ['ArgoCD', 'Helm', 'Application'],
  ])('are what %s needs for %s', async (delivery, output, kind) => {
    const { outputs } = await render({
      ...FORM,
      output,
      delivery,
      repoUrl: REPO,
    });
    expect(kindsOf(outputs.toApply)).toContain(kind);
  });

  it('take settings of a delivery', async () => {
    await render({
      ...FORM,
      repoUrl: REPO,
      delivery: {
        kind: 'ArgoApplication',
        project: 'search',
        namespace: 'team-search',
        branch: 'prod',
      },
    });
    expect(yamlAt('delivery/argo-application.yaml')).toMatchObject({
      metadata: { namespace: 'team-search' },
      spec: {
        project: 'search',
        source: { repoURL: REPO, targetRevision: 'prod' },
      },
    });
  });

  it.each<[string, object, RegExp]>([
    ['another output', { output: 'helm' }, /spec\.output: must be "Kusto/],
    ['an output of the wrong type', { output: 3 }, /output/],
    [
      'another delivery',
      { delivery: 'Jenkins', repoUrl: REPO },
      /delivery\.kind: must be "None", "FluxKustomization"/,
    ],
    [
      'a delivery of the wrong type',
      { delivery: 3, repoUrl: REPO },
      /delivery\.kind: must be "None"/,
    ],
    [
      'a delivery without a repository',
      { delivery: 'FluxKustomization' },
      /^repoUrl: is missing; FluxKustomization fetches/,
    ],
    [
      'an address that is none',
      { delivery: 'FluxKustomization', repoUrl: 'gerrit.test?owner=a&repo=b' },
      /delivery\.repoUrl: must be the address of a Git repository such as/,
    ],
    [
      'a password in an address',
      { delivery: 'ArgoApplication', repoUrl: 'https://a:b@github.com/c/d' },
      /delivery\.repoUrl: must not hold a password/,
    ],
    [
      'settings of another delivery',
      { delivery: { kind: 'FluxKustomization', repoUrl: REPO, project: 'x' } },
      /delivery.*project/,
    ],
    [
      'too long a name',
      {
        delivery: { kind: 'ArgoApplication', project: 'p'.repeat(64) },
        repoUrl: REPO,
      },
      /delivery\.project: must have at most 63 characters/,
    ],
    [
      'a release of a kustomization',
      { delivery: 'FluxHelmRelease', repoUrl: REPO },
      /spec\.delivery\.kind: "FluxHelmRelease" installs a chart/,
    ],
    [
      'a chart of a chart',
      {
        output: 'Helm',
        engine: 'tgi-substratus',
        choice: { ...FORM.choice, engine: 'tgi-substratus' },
      },
      /spec\.output: .* is a chart already/,
    ],
  ])('refuse %s by field and write nothing', async (_, wrong, message) => {
    await expect(render({ ...FORM, ...wrong })).rejects.toThrow(message);
    expect(readdirSync(workspace.path)).toEqual([]);
  });
});
