import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, open, signIn } from './portalBrowser.ts';

interface Access {
  url: string;
  caData: string;
  tokens: { admin: string };
}

/** The demo cluster as its administrator reaches it. */
function patchAsAdmin(path: string, patch: unknown): Promise<void> {
  const { url, caData, tokens } = JSON.parse(
    readFileSync(
      join(process.env.PROMPTSIDE_STATE_DIR!, 'cluster.json'),
      'utf8',
    ),
  ) as Access;
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, url),
      {
        method: 'PATCH',
        ca: Buffer.from(caData, 'base64'),
        headers: {
          Authorization: `Bearer ${tokens.admin}`,
          'Content-Type': 'application/merge-patch+json',
        },
      },
      response => {
        response.resume();
        response.on('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`${path} answered ${response.statusCode}`)),
        );
      },
    );
    call.on('error', reject);
    call.end(JSON.stringify(patch));
  });
}

let browser: Browser;
let page: Page;
before(async () => {
  browser = await launch();
  page = await signIn(browser);
});
after(() => browser?.close());

const scale = (replicas: number) =>
  patchAsAdmin('/apis/apps/v1/namespaces/team-search/deployments/llama-chat', {
    spec: { replicas },
  });

test('a change on the cluster reaches the open page without a reload', async () => {
  await open(page, '/models', 'llama-chat');
  const row = page.getByRole('row', { name: /llama-chat/ });
  const marker = await page.evaluate(() => {
    const mark = String(Math.random());
    Object.assign(window, { mark });
    return mark;
  });
  try {
    await scale(2);
    await row.getByText('2 of 2').waitFor();
  } finally {
    await scale(1);
  }
  await row.getByText('1 of 1').waitFor();
  assert.equal(
    await page.evaluate(() => (window as unknown as { mark: string }).mark),
    marker,
  );
});
