import type { Answerer } from './answer.ts';
import { isFault, messageOf, ServiceFault } from './faults.ts';
import { within } from './patience.ts';
import { ready } from './telemetry.ts';

const TIMEOUT_SECONDS = 3;
const FRESH_MS = 5000;

/** Like the checks of the portal: outcome Pass, Fail or Unknown, with the reason. */
export interface Check {
  name: string;
  outcome: 'Pass' | 'Fail';
  required: boolean;
  reason: string | null;
  message: string | null;
  latency_ms: number;
}

/** Asks for the list of models: it costs no tokens, and a server that loads a model does not answer it. */
async function checkLlm({ url, apiKey }: { url: string; apiKey?: string | undefined }): Promise<void> {
  let response: Response;
  try {
    response = await fetch(`${url}/models`, {
      headers: apiKey ? { Authorization: `Bearer ${apiKey}` } : {},
      signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
    });
  } catch (error) {
    const why = messageOf((error as Error).cause ?? error);
    throw new ServiceFault('LlmFailed', `The model server cannot be reached: ${why}`, { cause: error });
  }
  if (!response.ok) throw new ServiceFault('LlmFailed', `The model server answered ${response.status} to /models.`);
}

async function bounded(name: string, work: Promise<void>, { required = true } = {}): Promise<Check> {
  const began = performance.now();
  let [reason, message]: [string | null, string | null] = [null, null];
  try {
    await within(TIMEOUT_SECONDS, work, () => new Error('Timeout'));
  } catch (error) {
    reason = isFault(error) ? error.code : messageOf(error) === 'Timeout' ? 'Timeout' : 'Unknown';
    message = reason === 'Timeout' ? `No answer within ${TIMEOUT_SECONDS} s.` : messageOf(error);
  }
  ready.set({ check: name }, reason ? 0 : 1);
  const latency = Math.round((performance.now() - began) * 10) / 10;
  return { name, outcome: reason ? 'Fail' : 'Pass', required, reason, message, latency_ms: latency };
}

/** Can this replica answer now? Each check is bounded, and its last result serves for a few seconds. */
export function createReadiness(parts: Answerer, now: () => number = Date.now) {
  let last: { at: number; checks: Promise<Check[]> } | undefined;

  const checkHistory = async () => {
    if (!(await parts.history.check()))
      throw new ServiceFault('HistoryUnavailable', 'The chat history is unavailable; answers go on without it.');
  };
  const run = () =>
    Promise.all([
      bounded('store', parts.checkStore()),
      bounded('embeddings', parts.embedder.check()),
      bounded('llm', checkLlm(parts.settings.llm)),
      ...(parts.history.on ? [bounded('history', checkHistory(), { required: false })] : []),
    ]);

  return async (): Promise<Check[]> => {
    if (!last || now() - last.at >= FRESH_MS) last = { at: now(), checks: run() };
    return last.checks;
  };
}
