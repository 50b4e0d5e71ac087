import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the clone. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that the scripts write: toolchain, stamps, data of the demo. Ignored by git. */
export const STATE = process.env.PROMPTSIDE_STATE_DIR ?? join(ROOT, '.portal');

/** Node and Yarn from the registry; shared by all state folders of the clone. */
export const TOOLCHAIN = join(ROOT, '.portal', 'toolchain');
