import fs from 'node:fs/promises';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { OUTPUT_SPECS } from './__testUtils__/outputSpecs';
import { GOLDEN_SPECS, modelOf } from './__testUtils__/specs';
import { renderInferenceEntities } from './buildInferenceEntities';
import { buildInferenceObjects } from './buildInferenceObjects';
import { engineOf } from '../servingRuntimes/engineOf';
import { endpointOf } from './endpointOf';
import { parseInferenceSpec } from './inferenceSpecText';
import type { RenderedFile } from './KubernetesObjectLike';
import { overlayPath } from './overlayPath';
import { renderInference } from './renderInference';

const GOLDENS = path.join(__dirname, '__goldens__');

async function readTree(folder: string): Promise<RenderedFile[]> {
  const entries = await fs.readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(async entry => {
        const file = path.join(entry.parentPath, entry.name);
        return {
          path: path.relative(folder, file).split(path.sep).join('/'),
          content: await fs.readFile(file, 'utf8'),
        };
      }),
  );
}

async function writeTree(folder: string, files: readonly RenderedFile[]) {
  await fs.rm(folder, { recursive: true, force: true });
  for (const file of files) {
    const target = path.join(folder, file.path);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, file.content);
  }
}

const byPath = (a: RenderedFile, b: RenderedFile) =>
  a.path.localeCompare(b.path);

const ALL_SPECS = Object.entries({ ...GOLDEN_SPECS, ...OUTPUT_SPECS });

describe.each(ALL_SPECS)('%s', (name, spec) => {
  const model = modelOf(spec);
  const files = renderInference(spec, model);

  it('renders what its golden folder holds (rewrite it with UPDATE_GOLDENS=1)', async () => {
    const rendered = [
      ...files,
      {
        path: 'catalog-info.yaml',
        content: renderInferenceEntities(spec, model, { techdocs: true }),
      },
    ];
    const folder = path.join(GOLDENS, name);
    if (process.env.UPDATE_GOLDENS) await writeTree(folder, rendered);
    expect((await readTree(folder)).sort(byPath)).toEqual(
      rendered.sort(byPath),
    );
  });

  it('keeps the spec so that rendering again gives the same', () => {
    const [kept] = files;
    expect(kept.path).toBe('inference.yaml');
    expect(renderInference(parseInferenceSpec(kept.content), model)).toEqual(
      files,
    );
  });

  it('writes entities with which the catalog and the live state find each other', () => {
    const [component, api, resource] = parseAllDocuments(
      renderInferenceEntities(spec, model),
    ).map(document => document.toJS());
    const { deployedBy } = engineOf(spec);
    const workload = deployedBy === 'HelmChart' ? 'Deployment' : deployedBy;
    const deployment = buildInferenceObjects(spec, model).find(
      ({ kind }) => kind === workload,
    )!;
    const ref = `component:default/${component.metadata.name}`;
    expect(deployment.metadata.annotations).toMatchObject({
      'promptside.io/entity-ref': ref,
      'promptside.io/owner': component.spec.owner,
      'promptside.io/model':
        component.metadata.annotations['promptside.io/model'],
    });
    expect(deployment.metadata.labels).toMatchObject({
      'backstage.io/kubernetes-id':
        component.metadata.annotations['backstage.io/kubernetes-id'],
    });
    expect(component.spec.providesApis).toEqual([
      `api:default/${api.metadata.name}`,
    ]);
    expect(component.spec.dependsOn).toEqual([
      `resource:default/${resource.metadata.name}`,
    ]);
    expect(parse(api.spec.definition).servers[0].url).toBe(endpointOf(spec));
    for (const entity of [component, api, resource]) {
      expect(entity.metadata.name).toMatch(/^[a-z0-9-]{1,63}$/);
    }
  });
});

/** Where a chart makes some of the objects, see substratusChart.test.ts. */
const WITHOUT_CHART = Object.entries(GOLDEN_SPECS).filter(
  ([, spec]) => engineOf(spec).deployedBy !== 'HelmChart',
);

describe.each(WITHOUT_CHART)('%s', (_, spec) => {
  it('has in its files exactly the objects that are applied', () => {
    const model = modelOf(spec);
    const files = renderInference(spec, model);
    const scaled =
      engineOf(spec).deployedBy === 'Deployment' && !spec.spec.autoscaling;
    const fileAt = (wanted: string) =>
      parse(files.find(file => file.path === wanted)!.content);
    const base = fileAt('base/kustomization.yaml');
    const overlay = fileAt(
      `${overlayPath(spec.spec.target.cluster)}/kustomization.yaml`,
    );
    const objects = base.resources.map((file: string) => {
      const object = fileAt(`base/${file}`);
      expect(object.metadata.namespace).toBeUndefined();
      object.metadata.namespace = overlay.namespace;
      const [replicas] = overlay.replicas ?? [];
      return object.kind === 'Deployment' && replicas
        ? { ...object, spec: { ...object.spec, replicas: replicas.count } }
        : object;
    });
    expect(objects).toEqual(buildInferenceObjects(spec, model));
    expect(overlay.resources).toEqual(['../../base']);
    expect(overlay.replicas?.[0].name).toBe(
      scaled ? spec.metadata.name : undefined,
    );
  });
});

describe('overlayPath', () => {
  it('never leaves the overlays folder', () => {
    expect(overlayPath('eu/../../west:1')).toBe('overlays/eu-..-..-west-1');
  });
});
