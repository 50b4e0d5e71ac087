import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { sql } from './demoPostgres.ts';
import { formSteps } from './formSteps.ts';
import {
  CONTENT,
  launch,
  open,
  overflow,
  picture,
  seriousFaults,
  signIn,
  type PageFaults,
} from './portalBrowser.ts';

const NAME = 'e2e-rag';
const COLLECTION = 'e2e_rag';
const MODEL = 'BAAI/bge-m3';
const LINEAGE = `/catalog/default/component/${NAME}/lineage`;

/** The portal asks a store now and then; a change shows after its next answer. */
const PROBE_MS = 240_000;

let browser: Browser;
let page: Page & PageFaults;

before(async () => {
  browser = await launch();
  page = await signIn(browser);
});
after(async () => {
  if (page) await picture(page, 'rag-last');
  await browser?.close();
});

/** Makes the collection anew with another dimension, as somebody does who changes the embedding model and forgets its users. */
const remake = (dimension: number) =>
  sql(
    `TRUNCATE rag_chunks_${COLLECTION}; ALTER TABLE rag_chunks_${COLLECTION} ALTER COLUMN embedding TYPE vector(${dimension})`,
  );

/** Waits for the picture with so many broken connections, and until it is drawn. */
async function chain(on: Page, broken: number) {
  await on
    .getByRole('img', {
      name: new RegExp(`${NAME} stands on: 7 parts, ${broken} broken`),
    })
    .waitFor({ timeout: PROBE_MS });
  await on
    .locator('svg text', { hasText: /^Collection$/ })
    .first()
    .waitFor();
}

/** From, to, state and reason of each connection. */
const connections = (on: Page) =>
  on
    .getByRole('table')
    .locator('tbody tr')
    .evaluateAll(rows =>
      rows
        .map(row => [...row.querySelectorAll('td')].map(cell => cell.innerText))
        .filter(cells => cells.length === 4),
    );

const EMBEDDING = `Embedding model ${MODEL}, 1024 dimensions`;
const collection = (dimension: number) =>
  `Collection ${COLLECTION}, ${dimension} dimensions`;

async function assertFit(on: Page & PageFaults, name: string) {
  await picture(on, name);
  assert.deepEqual(await seriousFaults(on, CONTENT), [], name);
  assert.ok((await overflow(on)) <= 0, `${name} is wider than the window`);
  assert.deepEqual(on.errors, [], name);
}

test('a person creates a RAG service on pgvector and sees what it stands on break and mend', async t => {
  t.diagnostic('the form offers what runs');
  const steps = formSteps(page);
  const { form, choose, select } = steps;
  await steps.start('RAG service');
  await form.getByLabel('Name').fill(NAME);
  await choose(/^Owner/, 'Platform');
  await picture(page, 'rag-form-1');
  assert.deepEqual(await seriousFaults(page, 'form'), []);
  await steps.next();
  await select(/^Cluster/, /Demo cluster/);
  await select(/^Namespace/, /^model-platform/);
  await select(/^Vector store/, /^handbook-pg in model-platform/);
  await select(/^Embedding model/, /search-embeddings in team-search/);
  await select(/^Language model/, /llama-chat in team-search/);
  await picture(page, 'rag-form-2');
  assert.deepEqual(await seriousFaults(page, 'form'), []);
  await steps.next();
  await form.getByText('It is created').waitFor();
  await steps.review();
  await picture(page, 'rag-review');

  t.diagnostic('the task follows the service until it answers');
  await steps.create();
  await picture(page, 'rag-task');

  t.diagnostic('every connection of the new entity is whole');
  await steps.openEntity('Lineage');
  await picture(page, 'rag-entity');
  await page.getByRole('link', { name: 'Lineage' }).click();
  await chain(page, 0);
  await page.getByText(collection(1024)).first().waitFor({ timeout: PROBE_MS });
  assert.deepEqual(await connections(page), [
    [`RAG service ${NAME}, 2 of 2 replicas ready`, EMBEDDING, 'Whole', ''],
    [EMBEDDING, collection(1024), 'Whole', ''],
    [collection(1024), 'Vector store handbook-pg, pgvector', 'Whole', ''],
    [
      `RAG service ${NAME}, 2 of 2 replicas ready`,
      'Language model meta-llama/Llama-3.1-8B-Instruct, http://llama-chat.team-search.svc:8000/v1',
      'Whole',
      '',
    ],
    [
      EMBEDDING,
      'GPU 1 x nvidia.com/mig-1g.10gb, 1 of 1 replicas ready',
      'Whole',
      '',
    ],
    [
      'Language model meta-llama/Llama-3.1-8B-Instruct, http://llama-chat.team-search.svc:8000/v1',
      'GPU 1 x nvidia.com/gpu, 1 of 1 replicas ready',
      'Whole',
      '',
    ],
  ]);
  await assertFit(page, 'rag-whole');

  t.diagnostic('a collection of another dimension breaks the chain');
  await remake(768);
  await chain(page, 1);
  assert.deepEqual(
    (await connections(page)).filter(([, , state]) => state !== 'Whole'),
    [
      [
        EMBEDDING,
        collection(768),
        'Broken',
        `The collection ${COLLECTION} has 768 dimensions, and the embedding model makes 1024`,
      ],
    ],
  );
  await assertFit(page, 'rag-broken');
  const dark = await signIn(browser, { theme: 'dark', width: 800 });
  await open(dark, LINEAGE, 'What it stands on');
  await chain(dark, 1);
  await assertFit(dark, 'rag-broken-dark-800');
  await open(
    dark,
    '/vector-stores/demo/model-platform/handbook-pg',
    COLLECTION,
  );
  await assertFit(dark, 'rag-store-dark-800');
  await dark.context().close();

  t.diagnostic('and is mended');
  await remake(1024);
  await chain(page, 0);
  assert.deepEqual(
    (await connections(page)).filter(([, , state]) => state !== 'Whole'),
    [],
  );
  assert.deepEqual(page.errors, []);
});
