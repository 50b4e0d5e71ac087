import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  CONTENT,
  launch,
  open,
  overflow,
  picture,
  seriousFaults,
  signIn,
} from './portalBrowser.ts';

/** Our pages, with a text that only live data brings. */
const PAGES = [
  { name: 'gpu-usage', path: '/gpu-usage', text: 'H100 80GB HBM3' },
  { name: 'gpu-nodes', path: '/gpu-usage?view=nodes', text: 'a100-mig-1' },
  { name: 'models', path: '/models', text: 'gemma-batch' },
  { name: 'vector-stores', path: '/vector-stores', text: 'chroma' },
];

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 800]) {
    test(`pages have no serious fault for axe and fit the window, ${theme} at ${width} px`, async () => {
      const page = await signIn(browser, { theme, width });
      for (const { name, path, text } of PAGES) {
        await open(page, path, text);
        await picture(page, `${name}-${theme}-${width}`);
        assert.deepEqual(await seriousFaults(page, CONTENT), [], name);
        const tooWide = await overflow(page);
        assert.ok(
          tooWide <= 0,
          `${name} is ${tooWide} px wider than the window`,
        );
      }
      assert.deepEqual(page.errors, []);
      await page.context().close();
    });
  }
}
