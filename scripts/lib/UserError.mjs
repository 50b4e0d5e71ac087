/** A fault that the person at the terminal can mend: shown as one sentence, without a stack. */
export class UserError extends Error {
  constructor(message) {
    super(message);
    this.name = 'UserError';
  }
}

/** Runs a script's main function; a UserError becomes one sentence and exit code 1. */
export function runMain(main) {
  main().catch(error => {
    process.stderr.write(
      `\n${error instanceof UserError ? error.message : error.stack}\n`,
    );
    process.exitCode = 1;
    // Children that are still alive are ended by their own handlers on exit.
    setTimeout(() => process.exit(1), 100).unref();
  });
}
