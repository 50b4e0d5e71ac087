import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import type { RenderOptions } from '../buildInferenceObjects';
import { CHART_FOLDER } from '../delivery/DeliveryPlan';
import type { RenderedFile } from '../KubernetesObjectLike';
import { objectFileNames } from '../objectFileName';
import { RENDERED } from '../rendered';
import { toYaml } from '../toYaml';
import { bindChart, type BoundChart, type ChartValues } from './bindChart';
import { templateText } from './templateText';
import { valuesSchema } from './valuesSchema';

/** It stays: what is inside says the repository's history. */
const CHART_VERSION = '1.0.0';

/** What a team should know of each value. */
const ABOUT: Readonly<Record<keyof ChartValues, string>> = {
  replicas: 'Pods that serve, each with its own GPUs.',
  image: 'Another release of the engine may want other arguments.',
  model:
    'Another model wants another size of storage and GPU: better edit inference.yaml.',
  contextLength:
    'Tokens of prompt and answer together. More needs more GPU memory: the plan says how much there is.',
  resources: 'Of each pod. The number of GPUs is that of inference.yaml.',
};

/**
 * A Helm chart of one service: its templates give exactly the objects of `buildInferenceObjects`, with what a team changes from
 * release to release as values.
 *
 * @throws InputError that names every field with which it could not run
 */
export function renderChart(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions,
): RenderedFile[] {
  const chart = bindChart(spec, model, options);
  const { objects, slots } = chart;
  const names = objectFileNames(objects);
  const file = (path: string, content: string) => ({
    path: `${CHART_FOLDER}/${path}`,
    content,
  });
  return [
    file('Chart.yaml', toYaml(chartOf(spec, chart), { comment: RENDERED })),
    file('values.yaml', valuesText(chart, spec.spec.autoscaling !== undefined)),
    file(
      'values.schema.json',
      `${JSON.stringify(valuesSchema(spec, chart, RENDERED[0]), null, 2)}\n`,
    ),
    ...objects.map((object, index) =>
      file(
        `templates/${names[index]}`,
        `{{- /* ${RENDERED[0]} */ -}}\n${templateText(
          object,
          slots.get(index) ?? [],
        )}`,
      ),
    ),
  ];
}

function chartOf({ metadata }: InferenceSpec, { values }: BoundChart) {
  return {
    apiVersion: 'v2',
    name: metadata.name,
    description: metadata.description ?? `Inference service ${metadata.name}`,
    type: 'application',
    version: CHART_VERSION,
    appVersion: values.image.tag,
  };
}

function valuesText(
  { values, replicasRange }: BoundChart,
  scaled: boolean,
): string {
  const [, most] = replicasRange;
  const about = (key: keyof ChartValues) => {
    if (key !== 'replicas') return ABOUT[key];
    if (scaled)
      return `${ABOUT[key]} The least; waiting requests call for more.`;
    return most === values.replicas
      ? `${ABOUT[key]} More: edit inference.yaml, volume and rollout follow from it.`
      : ABOUT[key];
  };
  const comment = (line: string) => `# ${line}\n`;
  const keys = Object.keys(ABOUT) as (keyof ChartValues)[];
  const missing = keys.filter(key => values[key] === undefined);
  return [
    ...RENDERED.map(comment),
    comment(
      'For one environment alone lay a file of your own over it: helm upgrade -f.',
    ),
    ...keys
      .filter(key => values[key] !== undefined)
      .map(key => `\n${comment(about(key))}${toYaml({ [key]: values[key] })}`),
    ...(missing.length > 0
      ? [
          `\n${comment(
            `No values, for more follows from them than a template can say; edit inference.yaml: ${missing.join(', ')}.`,
          )}`,
        ]
      : []),
  ].join('');
}
