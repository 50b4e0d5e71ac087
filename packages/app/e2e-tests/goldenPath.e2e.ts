import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { formSteps } from './formSteps.ts';
import {
  CONTENT,
  launch,
  open,
  picture,
  seriousFaults,
  signIn,
  type PageFaults,
} from './portalBrowser.ts';

const NAME = 'e2e-chat';

let browser: Browser;
let page: Page & PageFaults;
let steps: ReturnType<typeof formSteps>;

before(async () => {
  browser = await launch();
  page = await signIn(browser);
  steps = formSteps(page);
});
after(async () => {
  if (page) await picture(page, 'last');
  await browser?.close();
});

async function freeGpus(): Promise<number> {
  await open(page, '/gpu-usage', 'Whole GPUs');
  const card = await page
    .locator('div', { hasText: /^Whole GPUs\d/ })
    .last()
    .innerText();
  const free = /(\d+)\s*free of/.exec(card);
  assert.ok(free, `no count of free GPUs in: ${card}`);
  return Number(free[1]);
}

test('a person creates an inference service and sees it run on its entity page', async t => {
  const freeBefore = await freeGpus();

  t.diagnostic('the form shows that the model fits');
  const { form, choose, select } = steps;
  await steps.start('GPU inference service');
  await form.getByLabel('Name').fill(NAME);
  await choose(/^Owner/, 'Search');
  await picture(page, 'form-1');
  await steps.next();
  await choose(/^Model/, 'google/gemma-3-4b-it');
  await select(/^Cluster/, /Demo cluster/);
  await select(/^Namespace/, /^team-search/);
  await form.getByLabel(/Secret/).fill('hf-token');
  await form
    .getByRole('region', { name: 'Plan' })
    .getByText('Fits', { exact: true })
    .waitFor();
  assert.deepEqual(await seriousFaults(page, 'form'), []);
  await picture(page, 'form-2');

  t.diagnostic('the task plans, renders, publishes, applies and registers');
  await steps.next();
  // Host, owner and name are suggested.
  await form.getByText('It is created').waitFor();
  await picture(page, 'form-3');
  await steps.review();
  await steps.create();
  await picture(page, 'task');

  t.diagnostic('the entity page shows it ready with its GPU');
  await steps.openEntity('Model server');
  await page.getByText('Ready', { exact: true }).first().waitFor();
  await picture(page, 'entity');
  const text = await page.locator('body').innerText();
  assert.match(text, /google\/gemma-3-4b-it/);
  assert.match(text, /1 held/);
  assert.deepEqual(page.errors, []);

  t.diagnostic('it looks as good in the dark, on a small window');
  const dark = await signIn(browser, { theme: 'dark', width: 800 });
  await open(dark, `/catalog/default/component/${NAME}`, 'Model server');
  await dark.getByText('1 held').waitFor();
  await picture(dark, 'entity-dark-800');
  assert.deepEqual(await seriousFaults(dark, CONTENT), []);
  assert.deepEqual(await seriousFaults(page, CONTENT), []);
  await dark.context().close();

  t.diagnostic('the stock Kubernetes tab shows its objects');
  await open(
    page,
    `/catalog/default/component/${NAME}/kubernetes`,
    'Your Clusters',
  );
  await page.getByText(NAME).first().waitFor();
  await picture(page, 'kubernetes-tab');

  t.diagnostic('the GPU page has one free GPU less');
  assert.equal(await freeGpus(), freeBefore - 1);
});
