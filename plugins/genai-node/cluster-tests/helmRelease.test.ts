import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { join } from 'node:path';
import { overlayPath, renderInference } from '../src';
import { written } from '../src/manifests/__testUtils__/outputSpecs';
import { GOLDEN_SPECS, modelOf } from '../src/manifests/__testUtils__/specs';
import { postObject } from './postObject';
import { HELM, inFolder, KUBECTL, objectsIn, runProgram } from './runProgram';

jest.setTimeout(120_000);

const NAMESPACE = `helm-${Date.now().toString(36)}`;

/** Deployment, InferenceService and NIMService. */
const SPECS = [
  'llama-8b-on-l4',
  'kserve-qwen-7b-on-l4',
  'nim-llama-8b-on-l4',
].map(name => {
  const spec = structuredClone(GOLDEN_SPECS[name]);
  spec.spec.target.namespace = NAMESPACE;
  return [name, spec] as const;
});

const CLUSTER = ['--kubeconfig', process.env.PROMPTSIDE_KUBECONFIG ?? ''];

/** Runs a program on the cluster; what it says when it fails is the failure. */
async function run(program: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program, [
    ...args,
    ...CLUSTER,
    '--namespace',
    NAMESPACE,
  ]);
  if (code !== 0) throw new Error(`${args[0]}: ${stderr}`);
  return stdout;
}

const filesOf = (spec: InferenceSpec) => renderInference(spec, modelOf(spec));

const KINDS = 'deployment,inferenceservice,nimservice,service,networkpolicy';

const liveObjects = async () =>
  objectsIn(await run(KUBECTL!, 'get', KINDS, '-o', 'yaml')).flatMap(
    list =>
      (list as unknown as { items: { metadata: { labels: object } }[] }).items,
  );

/** Helm 3 knows no conflicts of server-side apply, nor the option. */
async function takeOver(): Promise<string[]> {
  const { stdout } = await runProgram(HELM!, ['version', '--short']);
  return stdout.startsWith('v3')
    ? ['--take-ownership']
    : ['--take-ownership', '--force-conflicts'];
}

const describeBoth = HELM && KUBECTL ? describe : describe.skip;
describeBoth('releases on a real API server', () => {
  beforeAll(async () => {
    const { message } = await postObject(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
      { dryRun: false },
    );
    if (message) throw new Error(message);
  });

  it.each(SPECS)(
    '%s is installed, upgraded by a value and uninstalled',
    (_, spec) => {
      const { name } = spec.metadata;
      const chart = filesOf(written(spec, { output: 'Helm' }));
      return inFolder(chart, async folder => {
        const path = join(folder, 'chart');
        await run(HELM!, 'install', name, path);
        const installed = await liveObjects();
        expect(installed.length).toBeGreaterThanOrEqual(2);
        for (const { metadata } of installed) {
          expect(metadata.labels).toMatchObject({
            'app.kubernetes.io/managed-by': 'Helm',
            'app.kubernetes.io/instance': name,
          });
        }
        await run(HELM!, 'upgrade', name, path, '--set', 'contextLength=1234');
        expect(JSON.stringify(await liveObjects())).toContain('1234');
        await run(HELM!, 'uninstall', name);
        expect(await liveObjects()).toEqual([]);
      });
    },
  );

  it('becomes one of what the portal applied, as the guide says', async () => {
    const [, spec] = SPECS[0];
    const { name } = spec.metadata;
    await inFolder(filesOf(spec), folder =>
      run(
        KUBECTL!,
        'apply',
        '--server-side',
        '--field-manager=promptside',
        '-k',
        join(folder, overlayPath(spec.spec.target.cluster)),
      ),
    );
    const chart = filesOf(written(spec, { output: 'Helm' }));
    await inFolder(chart, async folder => {
      const path = join(folder, 'chart');
      await expect(run(HELM!, 'install', name, path)).rejects.toThrow(
        /invalid ownership metadata/,
      );
      const how = ['upgrade', '--install', name, path, ...(await takeOver())];
      await run(HELM!, ...how);
      await run(HELM!, ...how, '--set', 'contextLength=1234');
      expect(JSON.stringify(await liveObjects())).toContain('1234');
      await run(HELM!, 'uninstall', name);
      expect(await liveObjects()).toEqual([]);
    });
  });
});
