/** Engines that read each text whole and keep no context between requests: they take whatever length the model knows. */
const WITHOUT_CONTEXT: ReadonlySet<string> = new Set(['tei']);

/** Whether the length of a context means anything to the engine. */
export function hasContextLength(engine: string | undefined): boolean {
  return engine === undefined || !WITHOUT_CONTEXT.has(engine);
}
