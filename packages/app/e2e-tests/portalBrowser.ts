import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const AXE = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Address of the portal under test; the lane `npm run test:e2e` starts one and sets it. */
export const PORTAL = required('PROMPTSIDE_URL');

/** The page without the shell around it. */
export const CONTENT = 'main, article, [class*="Content"]';

/** How long a page of the portal may take on a slow machine, in milliseconds. */
const PATIENCE_MS = 60_000;

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(
      `${name} is not set: start these tests by npm run test:e2e`,
    );
  }
  return value;
}

/** Chromium as Debian packages it, without a sandbox, which root in a container cannot have. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: required('CHROMIUM_PATH'),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What the page reported itself, since it was opened. */
export interface PageFaults {
  readonly errors: string[];
}

/** A page of a new visitor, signed in as guest. */
export async function signIn(
  browser: Browser,
  options: { theme?: 'light' | 'dark'; width?: number } = {},
): Promise<Page & PageFaults> {
  const { theme = 'light', width = 1440 } = options;
  const context = await browser.newContext({
    viewport: { width, height: 1000 },
    colorScheme: theme,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  await page.addInitScript(value => {
    localStorage.setItem('theme', value);
  }, theme);
  await page.goto(PORTAL);
  await page.getByRole('button', { name: /enter/i }).click();
  await page.getByRole('link', { name: 'GPU usage' }).first().waitFor();
  return Object.assign(page, { errors });
}

/** Opens a path of the portal and waits until `text` is on it. */
export async function open(page: Page, path: string, text: string | RegExp) {
  await page.goto(new URL(path, PORTAL).href);
  await page.getByText(text).filter({ visible: true }).first().waitFor();
}

/**
 * What axe finds serious or critical on the page, one line each.
 *
 * @param within - CSS selector of the part which is ours; the shell around it is Backstage's
 */
export async function seriousFaults(
  page: Page,
  within: string,
): Promise<string[]> {
  // By the debugger: the portal's content security policy rightly refuses scripts added to the page.
  await page.evaluate(AXE);
  return page.evaluate(async selector => {
    const { axe } = window as unknown as {
      axe: {
        run(context: string): Promise<{
          violations: {
            id: string;
            impact: string;
            nodes: { html: string }[];
          }[];
        }>;
      };
    };
    const { violations } = await axe.run(selector);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
  }, within);
}

/** How many pixels the page is wider than its window; 0 or less when it fits. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth,
  );
}

/** Keeps a picture where `PROMPTSIDE_SCREENSHOTS` names a folder, for people to look at. */
export async function picture(page: Page, name: string) {
  const folder = process.env.PROMPTSIDE_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
