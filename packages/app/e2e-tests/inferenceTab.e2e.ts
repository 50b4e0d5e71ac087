import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  CONTENT,
  launch,
  open,
  picture,
  seriousFaults,
  signIn,
} from './portalBrowser.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('the tab of a running service tells how to call it, measures it and answers a question', async () => {
  const page = await signIn(browser);
  await open(
    page,
    '/catalog/default/component/llama-chat/inference',
    'Engine metrics',
  );
  await page
    .getByText('http://llama-chat.team-search.svc:8000/v1')
    .first()
    .waitFor();
  await page.getByLabel('Question').fill('Which GPU answers this?');
  await page.getByRole('button', { name: 'Ask' }).click();
  // The demo's servers say that they only play one; the button comes back with the end of the answer.
  await page
    .locator('[aria-live=polite][aria-busy=false]', { hasText: /simulated/i })
    .waitFor();
  await picture(page, 'inference-tab');
  assert.deepEqual(await seriousFaults(page, CONTENT), []);
  assert.deepEqual(page.errors, []);
});

test('the page of a model plans where it fits and opens the form filled in', async () => {
  const page = await signIn(browser, { theme: 'dark' });
  await open(page, '/models/Qwen/Qwen3-8B', 'Qwen3-8B');
  await page.getByText('Fits', { exact: true }).first().waitFor();
  await picture(page, 'model-page-dark');
  assert.deepEqual(await seriousFaults(page, CONTENT), []);
  await page
    .getByRole('button', { name: /deploy/i })
    .first()
    .click();
  await page.getByText('GPU inference service').first().waitFor();
  assert.match(page.url(), /formData=/);
  assert.deepEqual(page.errors, []);
});
