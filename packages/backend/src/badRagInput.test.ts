import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import {
  startTemplateBackend,
  type TemplateBackend,
} from './__testUtils__/startTemplateBackend';
import { readTemplate, TEMPLATES } from './__testUtils__/templates';

jest.setTimeout(120_000);

const FOLDER = 'rag-service';
const { template, directoryContents } = readTemplate(FOLDER);

/** Values with which the path runs to its end. */
const GOOD = parse(
  readFileSync(
    path.join(TEMPLATES, FOLDER, 'examples', 'langchain-chroma-on-gitea.yaml'),
    'utf8',
  ),
);

let backend: TemplateBackend;

beforeAll(async () => {
  backend = await startTemplateBackend();
});

afterAll(() => backend?.stop());

/** Status and words of the answer; `done` when there was nothing to refuse. */
async function send(values: object) {
  const { status, body } = await backend.dryRun({
    template,
    values: { ...GOOD, ...values },
    directoryContents,
  });
  const said: string =
    status === 200
      ? 'done'
      : (body.error?.message ??
        body.errors.map(({ stack }: { stack: string }) => stack).join('; '));
  return { status, said, files: body.directoryContents };
}

describe('the golden path of a RAG service, given what cannot work', () => {
  it('runs with the values that the cases below change', async () => {
    expect((await send({})).said).toBe('done');
  });

  it.each<[string, object, number, RegExp]>([
    [
      'another dimension than the embedding model has',
      { embedding: { ...GOOD.embedding, dimension: 768 } },
      400,
      /embedding\.dimension: BAAI\/bge-small-en-v1\.5 makes vectors of 384 dimensions, not 768/,
    ],
    [
      'more tokens than the embedding model reads',
      { embedding: { ...GOOD.embedding, maxTokens: 8192 } },
      400,
      /embedding\.maxTokens: .* reads 512 tokens/,
    ],
    [
      'a language model with too short a context',
      { llm: { ...GOOD.llm, contextTokens: 2048 } },
      400,
      /llm\.contextTokens: .* need about/,
    ],
    [
      'pgvector without the Secret of its address',
      { store: { kind: 'pgvector' } },
      400,
      /store\.secret: is missing/,
    ],
    [
      'SQL in the name of a collection',
      { store: { ...GOOD.store, collection: 'x"; DROP TABLE y; --' } },
      400,
      /store\.collection: must be 3 to 48/,
    ],
    ['YAML in the name', { name: 'a: {b}' }, 400, /name/],
    [
      'a password in an address',
      { llm: { ...GOOD.llm, url: 'http://me:secret@llm:8000/v1' } },
      400,
      /llm\.url: must be an address/,
    ],
    [
      'a schedule of six fields',
      { schedule: '0 0 3 * * *' },
      400,
      /schedule: "0 0 3 \* \* \*" never comes: write minute, hour, day, month and weekday/,
    ],
    [
      'a namespace that does not exist',
      { target: { cluster: 'demo', namespace: 'nowhere' } },
      400,
      /target\.namespace: .*no namespace "nowhere"/,
    ],
    [
      'a namespace of another team',
      { target: { cluster: 'demo', namespace: 'research-locked' } },
      403,
      /namespace: .*group:default\/research/,
    ],
    [
      'a name that the catalog has',
      { name: 'taken' },
      400,
      /name: .*"taken" already/,
    ],
    [
      'a user as owner that is no ref',
      { owner: 'somebody' },
      400,
      /owner: must be a full entity ref/,
    ],
  ])('refuses %s', async (_, values, status, said) => {
    const answer = await send(values);
    expect([answer.status, answer.said]).toEqual([
      status,
      expect.stringMatching(said),
    ]);
    // What was refused must not show a password either.
    expect(answer.said).not.toContain('me:secret');
  });

  it('writes a description that looks like YAML, Nunjucks and SQL as it was typed', async () => {
    const description = '"]}: # {{ x }} \'; DROP TABLE chunks; --';
    const { said, files } = await send({ description });
    expect(said).toBe('done');
    const text = (wanted: string) =>
      Buffer.from(
        files.find((file: { path: string }) => file.path === wanted)
          .base64Content,
        'base64',
      ).toString('utf8');
    expect(parse(text('rag.yaml')).metadata.description).toBe(description);
    expect(
      parse(text('catalog-info.yaml').split('\n---\n')[0]).metadata.description,
    ).toBe(description);
  });
});
