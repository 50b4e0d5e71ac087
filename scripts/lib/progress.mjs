const started = Date.now();

let stream = process.stdout;

/** For scripts whose standard output belongs to their answers. */
export function progressToStandardError() {
  stream = process.stderr;
}

/** One line of progress. */
export function say(line) {
  stream.write(`${line}\n`);
}

const seconds = since => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Says what is being done, does it, and says how long it took. While it runs, a line every 15 seconds shows that it is alive.
 */
export async function phase(title, work) {
  const began = Date.now();
  say(`• ${title} …`);
  const alive = setInterval(
    () => say(`  … ${title}: ${seconds(began)}`),
    15_000,
  );
  try {
    const result = await work();
    say(`✓ ${title} (${seconds(began)})`);
    return result;
  } finally {
    clearInterval(alive);
  }
}

/** Time since the script began. */
export const elapsed = () => seconds(started);
