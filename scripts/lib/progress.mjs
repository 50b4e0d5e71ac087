const started = Date.now();

const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Says what is being done, does it, and says how long it took. While it runs, a line every 15 seconds shows that it is alive.
 */
export async function phase(title, work) {
  const began = Date.now();
  process.stdout.write(`• ${title} …\n`);
  const alive = setInterval(
    () => process.stdout.write(`  … ${title}: ${seconds(began)}\n`),
    15_000,
  );
  try {
    const result = await work();
    process.stdout.write(`✓ ${title} (${seconds(began)})\n`);
    return result;
  } finally {
    clearInterval(alive);
  }
}

/** Time since the script began. */
export const elapsed = () => seconds(started);
