import { parseArgs } from 'node:util';
import { startDemoForge } from './startDemoForge';

async function main() {
  const { values } = parseArgs({
    options: {
      root: { type: 'string', default: '.portal/forge' },
      port: { type: 'string', default: '7008' },
    },
  });
  const password = process.env.PROMPTSIDE_FORGE_PASSWORD;
  if (!password) {
    throw new Error(
      'PROMPTSIDE_FORGE_PASSWORD is not set: the forge takes no pushes without one',
    );
  }
  const forge = await startDemoForge({
    root: values.root,
    port: Number(values.port),
    username: process.env.PROMPTSIDE_FORGE_USERNAME ?? 'demo',
    password,
  });
  process.stdout.write(`demo-forge is ready on ${forge.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      forge.stop().then(() => process.exit(0));
    });
  }
}

main().catch((error: Error) => {
  process.stderr.write(`demo-forge: ${error.message}\n`);
  process.exitCode = 1;
});
