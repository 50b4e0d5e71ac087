import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { parse } from 'yaml';
import { evaluateChart } from '../__testUtils__/evaluateChart';
import { HELM_SPECS, written } from '../__testUtils__/outputSpecs';
import { changed, GOLDEN_SPECS, modelOf } from '../__testUtils__/specs';
import { buildInferenceObjects } from '../buildInferenceObjects';
import { renderInference } from '../renderInference';
import { bindChart } from './bindChart';

const chartOf = (spec: InferenceSpec) =>
  renderInference(written(spec, { output: 'Helm' }), modelOf(spec));

const jsonAt = (spec: InferenceSpec, path: string) =>
  parse(chartOf(spec).find(file => file.path === path)!.content);

const inOrder = <T extends { kind: string }>(objects: readonly T[]) =>
  [...objects].sort((a, b) => a.kind.localeCompare(b.kind));

describe('a chart of the service', () => {
  it.each(HELM_SPECS)('of %s gives exactly its objects', (_, spec) => {
    expect(inOrder(evaluateChart(chartOf(spec)))).toEqual(
      inOrder(buildInferenceObjects(spec, modelOf(spec))),
    );
  });

  it.each(HELM_SPECS)('of %s follows its values', (_, spec) => {
    const model = modelOf(spec);
    const { values } = bindChart(spec, model, {});
    const id = values.model && 'acme/renamed';
    const contextLength = values.contextLength && values.contextLength - 200;
    const repository = 'mirror.example.com/engine';
    const tag = spec.spec.engine.image ? 'b'.repeat(64) : values.image.tag;
    const made = evaluateChart(chartOf(spec), {
      image: { repository, tag },
      ...(contextLength ? { contextLength } : {}),
      ...(id ? { model: { ...values.model, id } } : {}),
    });
    const wanted = structuredClone(spec);
    if (contextLength) wanted.spec.contextLength = contextLength;
    const text = JSON.stringify(
      buildInferenceObjects(wanted, model).map(object =>
        // The Job that downloads has an image of its own.
        object.kind === 'Job'
          ? object
          : JSON.parse(
              JSON.stringify(object)
                .replaceAll(values.image.repository, repository)
                .replaceAll(spec.spec.engine.image?.slice(-64) ?? tag, tag),
            ),
      ),
    );
    const renamed = id ? text.replaceAll(spec.spec.model.id, id) : text;
    expect(inOrder(made)).toEqual(inOrder(JSON.parse(renamed)));
  });

  it.each([
    [
      'llama-8b-on-l4',
      ['replicas', 'image', 'model', 'contextLength', 'resources'],
      [0, 1],
    ],
    [
      'qwen-awq-on-mig-slices',
      ['replicas', 'image', 'model', 'contextLength', 'resources'],
      [0, 64],
    ],
    // A digest over the configuration changes with it.
    ['triton-qwen-7b-on-l4', ['replicas', 'image', 'resources'], [0, 1]],
    // Host memory grows with the context.
    [
      'llama-cpp-on-processor-cores',
      ['replicas', 'image', 'model', 'resources'],
      [0, 1],
    ],
    // TEI is told of no context.
    ['tei-on-l4', ['replicas', 'image', 'model', 'resources'], [0, 64]],
    // Its image is the model's.
    [
      'nim-llama-8b-on-l4',
      ['replicas', 'image', 'contextLength', 'resources'],
      [1, 1],
    ],
    [
      'qwen-7b-on-l4-autoscaled',
      ['replicas', 'image', 'model', 'contextLength', 'resources'],
      [1, 4],
    ],
  ])(
    'of %s leaves open what nothing else follows from',
    (name, settings, range) => {
      const spec = GOLDEN_SPECS[name];
      const { values, replicasRange } = bindChart(spec, modelOf(spec), {});
      expect(Object.keys(values)).toEqual(settings);
      expect(replicasRange).toEqual(range);
    },
  );

  it('says in values.yaml that replicas are the least where they are scaled', () => {
    const { content } = chartOf(GOLDEN_SPECS['qwen-7b-on-l4-autoscaled']).find(
      ({ path }) => path === 'chart/values.yaml',
    )!;
    expect(content).toContain('The least; waiting requests call for more.');
  });

  it('says in values.yaml what is no value, and why', () => {
    const { content } = chartOf(GOLDEN_SPECS['triton-qwen-7b-on-l4']).find(
      ({ path }) => path === 'chart/values.yaml',
    )!;
    expect(content).toContain('edit inference.yaml: model, contextLength.');
    expect(content).toContain('More: edit inference.yaml');
    expect(content).toMatch(/^# Rendered from inference\.yaml: /);
  });

  it('has a schema that knows each value and pins the number of GPUs', () => {
    const spec = GOLDEN_SPECS['qwen-awq-on-mig-slices'];
    const schema = jsonAt(spec, 'chart/values.schema.json');
    const values = jsonAt(spec, 'chart/values.yaml');
    expect(schema.required).toEqual(Object.keys(values));
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.replicas).toEqual({
      type: 'integer',
      minimum: 0,
      maximum: 64,
    });
    const { limits } = schema.properties.resources.properties;
    expect(limits.properties['nvidia.com/mig-3g.40gb']).toEqual({ const: '1' });
    expect(limits.properties.memory).toEqual({
      $ref: '#/definitions/quantity',
    });
  });

  it('keeps what people wrote out of the template engine', () => {
    const trap = '{{ fail "owned" }}{{- /* ';
    const spec = changed(({ metadata }) => {
      metadata.description = trap;
    });
    const files = chartOf(spec);
    const templates = files.filter(({ path }) =>
      path.startsWith('chart/templates/'),
    );
    expect(templates.map(({ content }) => content).join()).not.toContain(
      'owned',
    );
    const chart = files.find(({ path }) => path === 'chart/Chart.yaml')!;
    expect(parse(chart.content).description).toBe(trap);
  });
});
