import { existsSync } from 'node:fs';
import { phase } from './progress.mjs';
import { run } from './run.mjs';

const CANDIDATES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const find = () => CANDIDATES.find(path => path && existsSync(path));

/**
 * Path of a Chromium. On Debian and Ubuntu the package is installed when this runs as root.
 *
 * @returns {Promise<string | undefined>} undefined when there is none and none may be installed
 */
export async function ensureChromium() {
  const found = find();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return undefined;
  }
  return phase('Installing the package chromium', async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env, allowFailure: true });
    await run(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
      { env, allowFailure: true },
    );
    return find();
  });
}
