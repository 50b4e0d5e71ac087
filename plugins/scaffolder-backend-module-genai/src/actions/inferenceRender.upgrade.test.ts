import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { EngineImages } from '@promptside/backstage-plugin-genai-node';
import { setupServer } from 'msw/node';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { answerWell, CHOICE as HARDWARE } from '../__testUtils__/fakeGenai';
import { runAction } from '../__testUtils__/runAction';
import { testAccess } from '../__testUtils__/testAccess';
import { createInferenceRenderAction } from './inferenceRender';

const server = setupServer();
registerMswTestHooks(server);
const workspace = createMockDirectory();

const MODEL = 'mistralai/Mistral-7B-Instruct-v0.3';
const FORM = {
  name: 'chat-llm',
  owner: 'group:default/team-search',
  model: MODEL,
  cluster: 'demo',
  namespace: 'team-search',
  choice: { ...HARDWARE, model: MODEL, engine: 'vllm' },
};

/** The action of a release that has this image of vLLM. */
const render = (tag: string, input: object) => {
  const images: EngineImages = {
    vllm: { nvidia: `vllm/vllm-openai:${tag}` },
  };
  const action = createInferenceRenderAction({
    access: testAccess().access,
    catalog: catalogServiceMock({ entities: [] }),
    images,
  });
  return runAction(action, input, { workspacePath: workspace.path });
};

const read = (path: string) => readFileSync(workspace.resolve(path), 'utf8');

function editSpec(path: string, edit: (spec: Record<string, unknown>) => void) {
  const value = parse(read(path));
  edit(value.spec);
  writeFileSync(workspace.resolve(path), stringify(value));
}

beforeEach(() => {
  workspace.clear();
  answerWell(server);
});

describe('rendering again with a newer release', () => {
  it.each([
    ['Kustomize', 'deploy/base/deployment.yaml'],
    ['Helm', 'deploy/chart/values.yaml'],
  ])('shows and makes the upgrade as %s', async (output, path) => {
    await render('v0.31.0', { ...FORM, output, targetPath: 'deploy' });
    expect(read(path)).toContain('v0.31.0');
    const { lines, outputs } = await render('v0.32.0', { specPath: 'deploy' });
    expect(read(path)).toContain('v0.32.0');
    expect(read(path)).not.toContain('v0.31.0');
    const at = lines.indexOf(`${path.slice('deploy/'.length)}: changed`);
    expect(at).toBeGreaterThan(0);
    const after = lines.slice(at);
    expect(after.find(line => line.startsWith('- '))).toContain('v0.31.0');
    expect(after.find(line => line.startsWith('+ '))).toContain('v0.32.0');
    expect(lines[0]).toMatch(/^Files: \d changed, \d+ as before$/);
    expect(outputs.removed).toEqual([]);
    expect((outputs.changes as { change: string }[])[0]).toEqual({
      path: 'inference.yaml',
      change: 'Unchanged',
    });
  });

  it('finds the spec by its file or its folder, and writes beside it', async () => {
    await render('v0.32.0', { ...FORM, targetPath: 'deploy' });
    for (const specPath of ['deploy', 'deploy/', 'deploy/inference.yaml']) {
      const { lines } = await render('v0.32.0', { specPath });
      expect(lines).toContain('Nothing changes');
    }
    expect(existsSync(workspace.resolve('base'))).toBe(false);
    await expect(render('v0.32.0', { specPath: 'elsewhere' })).rejects.toThrow(
      'specPath: "elsewhere" does not exist in the workspace',
    );
  });

  it('takes away what another output left, and leaves what people wrote', async () => {
    await render('v0.32.0', { ...FORM, targetPath: 'deploy' });
    writeFileSync(workspace.resolve('deploy/base/own.yaml'), 'kind: Own\n');
    editSpec('deploy/inference.yaml', spec => {
      spec.output = 'Helm';
      spec.delivery = {
        kind: 'ArgoApplication',
        repoUrl: 'https://github.com/acme/chat.git',
        path: 'deploy',
      };
    });
    const { lines, outputs } = await render('v0.32.0', { specPath: 'deploy' });
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Files: \d+ added, \d+ changed, \d+ removed, /),
        'chart/Chart.yaml: added',
        'delivery/argo-application.yaml: added',
        'base/deployment.yaml: removed',
        'overlays/demo/kustomization.yaml: is not rendered any more; delete it if nobody uses it',
      ]),
    );
    expect(outputs.removed).toContain('deploy/base/deployment.yaml');
    expect(existsSync(workspace.resolve('deploy/base/deployment.yaml'))).toBe(
      false,
    );
    expect(read('deploy/base/own.yaml')).toBe('kind: Own\n');
    expect(
      existsSync(workspace.resolve('deploy/overlays/demo/kustomization.yaml')),
    ).toBe(true);
  });

  it('takes away templates of objects that the service lost', async () => {
    await render('v0.32.0', {
      ...FORM,
      output: 'Helm',
      monitoringLabels: { release: 'prometheus' },
    });
    const monitor = 'chart/templates/servicemonitor.yaml';
    expect(existsSync(workspace.resolve(monitor))).toBe(true);
    editSpec('inference.yaml', spec => {
      delete spec.monitoring;
    });
    const { outputs } = await render('v0.32.0', { specPath: '.' });
    expect(outputs.removed).toEqual([monitor]);
    expect(existsSync(workspace.resolve(monitor))).toBe(false);
  });

  it('shows what an edited spec changes, and takes away what is left over', async () => {
    await render('v0.32.0', {
      ...FORM,
      replicas: 2,
      monitoringLabels: { release: 'prometheus' },
    });
    editSpec('inference.yaml', spec => {
      spec.replicas = 3;
      delete spec.monitoring;
    });
    const { outputs, lines } = await render('v0.32.0', {
      specPath: 'inference.yaml',
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'overlays/demo/kustomization.yaml: changed',
        '-     count: 2',
        '+     count: 3',
        'base/servicemonitor.yaml: removed',
      ]),
    );
    expect(lines.join()).not.toContain('base/deployment.yaml: changed');
    expect(outputs.changes).toEqual(
      expect.arrayContaining([
        { path: 'base/servicemonitor.yaml', change: 'Removed' },
        { path: 'base/deployment.yaml', change: 'Unchanged' },
      ]),
    );
  });
});
