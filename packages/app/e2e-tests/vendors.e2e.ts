import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  launch,
  open,
  picture,
  signIn,
  type PageFaults,
} from './portalBrowser.ts';

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

const form = () => page.locator('form');

/** Takes an option of an Autocomplete, once its options are there. */
async function choose(label: RegExp, text: string) {
  const input = form().getByLabel(label).first();
  await input.click();
  await page.getByRole('option').first().waitFor();
  await input.fill(text);
  await page.getByRole('option', { name: text }).first().click();
}

async function select(label: RegExp, option: RegExp) {
  await form().getByLabel(label).first().click();
  await page.getByRole('option', { name: option }).first().click();
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

for (const service of SERVICES) {
  const { vendor, name, model, accelerator, device } = service;
  test(`a person deploys a model on ${vendor} GPUs and sees it ready with its GPU`, async t => {
    await open(page, '/create', 'GPU inference service');
    await page
      .getByRole('button', { name: /choose/i })
      .first()
      .click();
    await form().getByLabel('Name').fill(name);
    await choose(/^Owner/, 'Platform');
    await page.getByRole('button', { name: 'Next' }).click();

    t.diagnostic('the plan fits the chosen devices');
    await choose(/^Model/, model);
    await select(/^Cluster/, /Demo cluster/);
    await select(/^Namespace/, /^model-platform/);
    await form().getByRole('radio', { name: accelerator }).check();
    await form()
      .getByRole('region', { name: 'Plan' })
      .getByText('Fits', { exact: true })
      .waitFor();
    await picture(page, `${name}-form`);

    t.diagnostic('the task deploys it');
    await page.getByRole('button', { name: 'Next' }).click();
    await form().getByText('It is created').waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Create' }).click();
    const done = page.getByText('Open the service in the catalog');
    const failed = page.getByText(/^Error: /);
    await done.or(failed).first().waitFor({ timeout: 180_000 });
    assert.deepEqual(await failed.allInnerTexts(), []);

    t.diagnostic('its entity page has it ready, with its device');
    await done.click();
    await reloadUntilThere('Model server');
    await page.getByText('Ready', { exact: true }).first().waitFor();
    await page.getByText(device).first().waitFor();
    await page.getByText('1 held').first().waitFor();
    await picture(page, `${name}-entity`);
    const text = await page.locator('body').innerText();
    assert.match(text, new RegExp(model));
    assert.deepEqual(page.errors, []);
  });
}
