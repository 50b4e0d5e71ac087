import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { open } from './portalBrowser.ts';

/** How long a task may take from plan to registration on a slow machine, in milliseconds. */
const TASK_MS = 300_000;

/** The catalog takes some seconds for a new location, and its page of an entity that is not there yet stays as it is. */
const RELOADS = 15;
const BETWEEN_RELOADS_MS = 5_000;

/** What a person does in the form of a template, and after it. */
export function formSteps(page: Page) {
  const form = page.locator('form');
  return {
    form,

    /** Opens the form of a template from the page "Create". */
    async start(template: string) {
      await open(page, '/create', template);
      await page
        .locator('[class*="MuiCard-root"]', { hasText: template })
        .getByRole('button', { name: /choose/i })
        .click();
      await form.getByLabel('Name').waitFor();
    },

    /** Takes an option of an Autocomplete, once its options are there. */
    async choose(label: RegExp, text: string) {
      const input = form.getByLabel(label).first();
      // Options come from the network; what is typed before them is not looked up again.
      await input.click();
      await page.getByRole('option').first().waitFor();
      await input.fill(text);
      await page.getByRole('option', { name: text }).first().click();
    },

    /** Takes an item of a menu. */
    async select(label: RegExp, option: RegExp) {
      await form.getByLabel(label).first().click();
      await page.getByRole('option', { name: option }).first().click();
    },

    next: () => page.getByRole('button', { name: 'Next' }).click(),

    review: () => page.getByRole('button', { name: 'Review' }).click(),

    /** Starts the task and waits for its end; fails with the error that it ends with. */
    async create() {
      await page.getByRole('button', { name: 'Create' }).click();
      const done = page.getByText('Open the service in the catalog');
      const failed = page.getByText(/^Error: /);
      await done.or(failed).first().waitFor({ timeout: TASK_MS });
      assert.deepEqual(await failed.allInnerTexts(), []);
    },

    /** Opens the entity that the task made, once the catalog has it. */
    async openEntity(text: string) {
      await page.getByText('Open the service in the catalog').click();
      const sought = page.getByText(text).first();
      for (let tries = 0; tries < RELOADS; tries += 1) {
        const there = await sought
          .waitFor({ timeout: BETWEEN_RELOADS_MS })
          .then(() => true)
          .catch(() => false);
        if (there) return;
        await page.reload();
      }
      await sought.waitFor();
    },
  };
}
