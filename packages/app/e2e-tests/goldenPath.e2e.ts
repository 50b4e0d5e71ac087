import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
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

before(async () => {
  browser = await launch();
  page = await signIn(browser);
});
after(async () => {
  if (page) await picture(page, 'last');
  await browser?.close();
});

const form = () => page.locator('form');

/** Takes an option of an Autocomplete. */
async function choose(label: RegExp, text: string) {
  const input = form().getByLabel(label).first();
  const option = page.getByRole('option', { name: text }).first();
  // Options come from the network; what is typed before them is not looked up again.
  await input.click();
  await page.getByRole('option').first().waitFor();
  await input.fill(text);
  await option.click();
}

async function select(label: RegExp, option: RegExp) {
  await form().getByLabel(label).first().click();
  await page.getByRole('option', { name: option }).click();
}

/** The catalog takes some seconds for a new location, and its page of an entity that is not there yet stays as it is. */
async function reloadUntilThere(text: string) {
  const sought = page.getByText(text).first();
  for (let tries = 0; tries < 15; tries += 1) {
    const there = await sought
      .waitFor({ timeout: 5_000 })
      .then(() => true)
      .catch(() => false);
    if (there) return;
    await page.reload();
  }
  await sought.waitFor();
}

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
  await open(page, '/create', 'GPU inference service');
  await page
    .getByRole('button', { name: /choose/i })
    .first()
    .click();
  await form().getByLabel('Name').fill(NAME);
  await choose(/^Owner/, 'Search');
  await picture(page, 'form-1');
  await page.getByRole('button', { name: 'Next' }).click();
  await choose(/^Model/, 'google/gemma-3-4b-it');
  await select(/^Cluster/, /Demo cluster/);
  await select(/^Namespace/, /^team-search/);
  await form()
    .getByLabel(/Secret/)
    .fill('hf-token');
  await form()
    .getByRole('region', { name: 'Plan' })
    .getByText('Fits', { exact: true })
    .waitFor();
  assert.deepEqual(await seriousFaults(page, 'form'), []);
  await picture(page, 'form-2');

  t.diagnostic('the task plans, renders, publishes, applies and registers');
  await page.getByRole('button', { name: 'Next' }).click();
  // Host, owner and name are suggested.
  await form().getByText('It is created').waitFor();
  await picture(page, 'form-3');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  const done = page.getByText('Open the service in the catalog');
  const failed = page.getByText(/^Error: /);
  await done.or(failed).first().waitFor({ timeout: 180_000 });
  assert.deepEqual(await failed.allInnerTexts(), []);
  await picture(page, 'task');

  t.diagnostic('the entity page shows it ready with its GPU');
  await page.getByText('Open the service in the catalog').click();
  await reloadUntilThere('Model server');
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
