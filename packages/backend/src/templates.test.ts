import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { readTree, writeTree, type TextFile } from './__testUtils__/textFiles';
import { installGitOps } from './__testUtils__/installGitOps';
import {
  startTemplateBackend,
  type DryRunAnswer,
  type TemplateBackend,
} from './__testUtils__/startTemplateBackend';
import {
  readTemplate,
  TEMPLATE_FOLDERS,
  TEMPLATES,
} from './__testUtils__/templates';

// The demo cluster and the scaffolder start once; each dry run asks the cluster about every object twice.
jest.setTimeout(120_000);

const MAX_LINES = 120;
const MAX_STEPS = 8;

interface Step {
  id?: string;
  action: string;
}

let backend: TemplateBackend;

beforeAll(async () => {
  backend = await startTemplateBackend();
  await installGitOps(backend.cluster, ['team-chat', 'team-search']);
});

afterAll(() => backend?.stop());

describe.each(TEMPLATE_FOLDERS)('templates/%s', folder => {
  const home = path.join(TEMPLATES, folder);
  const { text, template, directoryContents } = readTemplate(folder);
  const steps: Step[] = template.spec.steps;
  const cases = readdirSync(path.join(home, 'examples')).map(file => ({
    name: path.basename(file, '.yaml'),
    values: parse(readFileSync(path.join(home, 'examples', file), 'utf8')),
  }));

  const run = async (values: object): Promise<DryRunAnswer> => {
    const { status, body } = await backend.dryRun({
      template,
      values,
      directoryContents,
    });
    expect({ status, error: body.error, errors: body.errors }).toEqual({
      status: 200,
    });
    return body;
  };

  it('is short, and runs four to eight steps whichever host is chosen', () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_LINES);
    // Backstage has one publish action a host and no way to choose an action by value. One of them runs, the others are
    // passed over, so together they are one step of the path.
    const publish = steps.filter(({ action }) => action.startsWith('publish:'));
    const count = steps.length - Math.max(0, publish.length - 1);
    expect(count).toBeGreaterThanOrEqual(4);
    expect(count).toBeLessThanOrEqual(MAX_STEPS);
  });

  it('is in the catalog of the demo', () => {
    const config = parse(
      readFileSync(path.join(TEMPLATES, '../app-config.yaml'), 'utf8'),
    );
    expect(config.catalog.locations).toContainEqual(
      expect.objectContaining({
        target: `../../templates/${folder}/template.yaml`,
      }),
    );
  });

  it('uses actions that the portal has', async () => {
    const known = await backend.actions();
    expect(known).toEqual(
      expect.arrayContaining(steps.map(({ action }) => action)),
    );
  });

  it('has at least three examples', () => {
    expect(cases.length).toBeGreaterThanOrEqual(3);
  });

  describe.each(cases)('$name', ({ name, values }) => {
    let answer: DryRunAnswer;
    let files: TextFile[];

    beforeAll(async () => {
      answer = await run(values);
      files = filesOf(answer);
    });

    it('gives what its golden folder holds (rewrite it with UPDATE_GOLDENS=1)', () => {
      const golden = path.join(home, 'golden', name);
      const made = files.filter(file => !isCopy(file, directoryContents));
      if (process.env.UPDATE_GOLDENS) writeTree(golden, made);
      expect(existsSync(golden)).toBe(true);
      expect(readTree(golden)).toEqual(made);
    });

    it('leaves no expression behind, neither in a file nor in what steps were given', () => {
      const left = files.filter(({ content }) => content.includes('${{'));
      expect(left.map(file => file.path)).toEqual([]);
      const inputs = answer.log
        .map(({ body }) => body.message)
        .filter(message => /in dry-run mode with inputs/.test(message));
      expect(inputs.length).toBeGreaterThanOrEqual(4);
      expect(inputs.filter(input => input.includes('${{'))).toEqual([]);
      expect(JSON.stringify(answer.output)).not.toContain('${{');
    });

    it('writes YAML that readers of YAML 1.1 and 1.2 understand alike', () => {
      const read = (yaml: string, version: '1.1' | '1.2') =>
        parseAllDocuments(yaml, { version }).map(document => {
          const faults = [...document.errors, ...document.warnings];
          return faults.length > 0 ? faults : document.toJS();
        });
      // What Helm has yet to fill in is no YAML; the lane with real programs reads what it makes of it.
      const isYaml = ({ path: at }: TextFile) =>
        /\.ya?ml$/.test(at) && !at.includes('chart/templates/');
      for (const file of files.filter(isYaml)) {
        const { path: at, content } = file;
        expect([at, read(content, '1.1')]).toEqual([at, read(content, '1.2')]);
        expect(parseAllDocuments(content).flatMap(d => d.errors)).toEqual([]);
      }
    });

    it('publishes to the host that was chosen, and to no other', () => {
      const passedOver = new Set(
        answer.log
          .filter(({ body }) => /if condition was false/.test(body.message))
          .map(({ body }) => body.stepId),
      );
      const published = answer.steps
        .filter(({ action }) => action.startsWith('publish:'))
        .filter(({ id }) => !passedOver.has(id))
        .map(({ action }) => action);
      expect(published).toEqual([`publish:${name.split('-on-')[1]}`]);
    });

    it('gives the same the second time', async () => {
      expect(filesOf(await run(values))).toEqual(files);
    });
  });
});

/**
 * Whether a file came out as it lies in the skeleton, below the folder of one of its parts: source code and locked dependencies,
 * of which a golden copy would tell nothing.
 */
function isCopy(
  { path: at, content }: TextFile,
  skeleton: DryRunAnswer['directoryContents'],
): boolean {
  const base64Content = Buffer.from(content).toString('base64');
  return skeleton.some(
    file =>
      /^skeleton\/[^/]+\//.test(file.path) &&
      file.path.replace(/^skeleton\/[^/]+\//, '') === at &&
      file.base64Content === base64Content,
  );
}

function filesOf(answer: DryRunAnswer): TextFile[] {
  return answer.directoryContents
    .map(({ path: at, base64Content }) => ({
      path: at,
      content: Buffer.from(base64Content, 'base64').toString('utf8'),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
