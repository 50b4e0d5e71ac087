import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { formSteps } from './formSteps.ts';
import { launch, picture, signIn, type PageFaults } from './portalBrowser.ts';

/** One service a vendor, in the namespace of the platform team, which has no quota. */
const SERVICES = [
  {
    vendor: 'AMD',
    name: 'e2e-amd',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    accelerator: /MI300X/,
    device: 'amd.com/gpu',
  },
  {
    vendor: 'Intel',
    name: 'e2e-intel',
    model: 'Qwen/Qwen2.5-7B-Instruct',
    accelerator: /Max.1550/,
    device: 'gpu.intel.com/xe',
  },
] as const;

let browser: Browser;
let page: Page & PageFaults;

before(async () => {
  browser = await launch();
  page = await signIn(browser);
});
after(async () => {
  if (page) await picture(page, 'vendors-last');
  await browser?.close();
});

for (const service of SERVICES) {
  const { vendor, name, model, accelerator, device } = service;
  test(`a person deploys a model on ${vendor} GPUs and sees it ready with its GPU`, async t => {
    const steps = formSteps(page);
    const { form, choose, select } = steps;
    await steps.start('GPU inference service');
    await form.getByLabel('Name').fill(name);
    await choose(/^Owner/, 'Platform');
    await steps.next();

    t.diagnostic('the plan fits the chosen devices');
    await choose(/^Model/, model);
    await select(/^Cluster/, /Demo cluster/);
    await select(/^Namespace/, /^model-platform/);
    await form.getByRole('radio', { name: accelerator }).check();
    await form
      .getByRole('region', { name: 'Plan' })
      .getByText('Fits', { exact: true })
      .waitFor();
    await picture(page, `${name}-form`);

    t.diagnostic('the task deploys it');
    await steps.next();
    await form.getByText('It is created').waitFor();
    await steps.review();
    await steps.create();

    t.diagnostic('its entity page has it ready, with its device');
    await steps.openEntity('Model server');
    await page.getByText('Ready', { exact: true }).first().waitFor();
    await page.getByText(device).first().waitFor();
    await page.getByText('1 held').first().waitFor();
    await picture(page, `${name}-entity`);
    const text = await page.locator('body').innerText();
    assert.match(text, new RegExp(model));
    assert.deepEqual(page.errors, []);
  });
}
