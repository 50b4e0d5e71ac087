import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, open, picture, signIn } from './portalBrowser.ts';

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('a model that fits nowhere is refused in the form, with numbers', async () => {
  const page = await signIn(browser);
  const formData = JSON.stringify({
    name: 'too-large',
    owner: 'group:default/team-search',
    model: 'meta-llama/Llama-3.1-405B-Instruct',
    target: { cluster: 'demo', namespace: 'team-search' },
    contextLength: 131072,
    replicas: 1,
  });
  await open(
    page,
    `/create/templates/default/gpu-inference-service?formData=${encodeURIComponent(formData)}`,
    'GPU inference service',
  );
  await page.getByRole('button', { name: 'Next' }).click();
  const plan = page.getByRole('region', { name: 'Plan' });
  await plan.getByText('Does not fit').waitFor();
  assert.match(await plan.innerText(), /\d+(\.\d+)? GiB/);
  await picture(page, 'refusal');
});

test('a server that nobody registered is in the catalog and says why it is not ready', async () => {
  const page = await signIn(browser);
  await open(page, '/?filters[kind]=component&filters[user]=all', 'qwen-trial');
  await page.getByRole('link', { name: 'qwen-trial' }).first().click();
  await page.getByText('Model server').first().waitFor();
  await page.getByText('Failed', { exact: true }).first().waitFor();
  // Between two pauses it runs for a moment; what ended it stays.
  await page
    .getByText(/Engine core initialization failed/)
    .first()
    .waitFor();
  await picture(page, 'crash-loop');
  assert.deepEqual(page.errors, []);
});
