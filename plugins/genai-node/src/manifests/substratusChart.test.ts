import { parse } from 'yaml';
import { GOLDEN_SPECS, modelOf } from './__testUtils__/specs';
import {
  renderSubstratusChart,
  strategicMerge,
} from './__testUtils__/substratusTemplates';
import { buildInferenceObjects } from './buildInferenceObjects';
import { renderInference } from './renderInference';

const CASES = Object.entries(GOLDEN_SPECS).filter(
  ([, { spec }]) => spec.engine.name === 'tgi-substratus',
);

/** Lists whose order says nothing are sorted by name. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(unordered);
    const named = items.every(
      item => typeof item === 'object' && item !== null && 'name' in item,
    );
    return named
      ? items.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
      : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, each]) => [key, unordered(each)]),
  );
}

describe.each(CASES)('%s', (_, spec) => {
  const files = renderInference(spec, modelOf(spec));
  const fileAt = (path: string) =>
    parse(files.find(file => file.path === `base/${path}`)!.content);
  const values = fileAt('values.yaml');

  it('gives by chart and patches exactly the objects that are applied', () => {
    const patches = [
      fileAt('deployment-patch.yaml'),
      fileAt('service-patch.yaml'),
    ];
    const { namespace } = spec.spec.target;
    const made = renderSubstratusChart(values, spec.metadata.name)
      .map((object, index) => strategicMerge(object, patches[index]))
      .map(object => strategicMerge(object, { metadata: { namespace } }));
    const applied = buildInferenceObjects(spec, modelOf(spec)).filter(
      ({ kind }) => kind === 'Deployment' || kind === 'Service',
    );
    expect(made.map(unordered)).toEqual(
      [...applied].sort((a, b) => a.kind.localeCompare(b.kind)).map(unordered),
    );
  });

  it('pins the chart, and an image that is not of 2023', () => {
    expect(fileAt('kustomization.yaml').helmCharts).toEqual([
      {
        name: 'text-generation-inference',
        version: '0.1.1',
        repo: 'https://substratusai.github.io/helm',
        releaseName: spec.metadata.name,
        valuesFile: 'values.yaml',
      },
    ]);
    expect(values.image.tag).toMatch(/^3\.3\./);
  });

  it('gives env as a list and shards the model over the GPUs of any vendor', () => {
    const { resource, count } = spec.spec.accelerator!;
    expect(Array.isArray(values.env)).toBe(true);
    const shards = values.env.find(
      ({ name }: { name: string }) => name === 'NUM_SHARD',
    );
    const nvidia = resource === 'nvidia.com/gpu';
    expect(shards?.value).toBe(nvidia ? undefined : String(count));
    expect(values.resources.limits['nvidia.com/gpu']).toBe(
      nvidia ? String(count) : null,
    );
  });
});

it('is tried on a vendor that the chart does not know', () => {
  const resources = CASES.map(([, { spec }]) => spec.accelerator?.resource);
  expect(resources).toEqual(
    expect.arrayContaining(['nvidia.com/gpu', 'amd.com/gpu']),
  );
});
