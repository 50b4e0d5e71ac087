import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { join } from 'node:path';
import { buildInferenceObjects, renderInference } from '../src';
import {
  HELM_SPECS,
  OUTPUT_SPECS,
} from '../src/manifests/__testUtils__/outputSpecs';
import { modelOf } from '../src/manifests/__testUtils__/specs';
import { templateText } from '../src/manifests/helmChart/templateText';
import { HELM, inFolder, inOrder, objectsIn, runProgram } from './runProgram';

jest.setTimeout(60_000);

const SPECS = [
  ...HELM_SPECS,
  ...Object.entries(OUTPUT_SPECS).filter(
    ([, spec]) => spec.spec.output === 'Helm',
  ),
];

/** Runs helm on the rendered chart of a spec. */
const helm = (spec: InferenceSpec, command: string, ...args: string[]) =>
  inFolder(renderInference(spec, modelOf(spec)), folder =>
    runProgram(HELM!, [
      ...(command === 'template'
        ? [command, spec.metadata.name]
        : [command, '--strict']),
      join(folder, 'chart'),
      ...args,
    ]),
  );

const describeHelm = HELM ? describe : describe.skip;
describeHelm('rendered charts by helm', () => {
  it.each(SPECS)('%s passes the linter', async (_, spec) => {
    const { code, stdout, stderr } = await helm(spec, 'lint');
    expect([code, stderr, stdout]).toEqual([
      0,
      '',
      expect.stringContaining('0 chart(s) failed'),
    ]);
  });

  it.each(SPECS)('%s gives exactly the objects', async (_, spec) => {
    const { stdout, stderr } = await helm(spec, 'template');
    expect(stderr).toBe('');
    expect(inOrder(objectsIn(stdout))).toEqual(
      inOrder(buildInferenceObjects(spec, modelOf(spec))),
    );
  });

  const [, SPEC] = SPECS[0];

  // Helm's words differ from release to release, the names do not.
  it.each([
    ['replicas=two', /replicas.*string/],
    ['replicas=2', /replicas.*1/],
    ['replica=1', /replica\b/],
    ['contextLength=8k', /contextLength.*string/],
    ['contextLength=0', /contextLength.*1/],
    ['image=vllm/vllm-openai', /image.*string/],
    ['image.tag=latest', /image[/.]tag/],
    ['model.id=one two', /model[/.]id.*pattern/],
    ['model.revision=main', /model[/.]revision.*pattern/],
    ['resources.limits.memory=lots', /resources[/.]limits[/.]memory/],
    [
      'resources.limits.nvidia\\.com/gpu=2',
      /resources[/.]limits[/.]nvidia\.com(~1|\/)gpu/,
    ],
  ])('refuses the value %j by name', async (value, message) => {
    const answer = await helm(SPEC, 'template', '--set', value);
    expect(answer.code).not.toBe(0);
    expect(answer.stderr).toMatch(message);
    expect(answer.stdout).toBe('');
  });

  it('takes values of a team', async () => {
    const { stdout } = await helm(
      SPEC,
      'template',
      ...['replicas=0', 'contextLength=4096', 'resources.limits.cpu=6'].flatMap(
        value => ['--set', value],
      ),
    );
    const deployment = objectsIn(stdout).find(
      ({ kind }) => kind === 'Deployment',
    );
    expect(deployment).toMatchObject({ spec: { replicas: 0 } });
    expect(JSON.stringify(deployment)).toContain('"--max-model-len=4096"');
    expect(JSON.stringify(deployment)).toMatch(/"limits":\{"cpu":6,/);
  });

  it.each([
    '{{ fail "owned" }}',
    '{{- /* ',
    '{{{{ }} }}',
    'two {{ lines }}\nof "text" \\ {{`\n',
  ])('gives out %j as it stands', text => {
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'trap' },
      data: { text },
    };
    const chart = { apiVersion: 'v2', name: 'trap', version: '1.0.0' };
    const files = [
      { path: 'Chart.yaml', content: JSON.stringify(chart) },
      { path: 'templates/trap.yaml', content: templateText(object, []) },
    ];
    return inFolder(files, async folder => {
      const { stdout } = await runProgram(HELM!, ['template', 'x', folder]);
      expect(objectsIn(stdout)).toEqual([object]);
    });
  });
});
