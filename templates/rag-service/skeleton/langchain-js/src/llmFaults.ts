import type { Settings } from './config.ts';
import { messageOf, ServiceFault } from './faults.ts';

const LENGTH_WORDS = /context.length|too long|too many tokens|exceeds the available context/i;

/** What OpenAI's client and LangChain put on their errors. */
interface ClientError {
  name?: string;
  status?: number;
  headers?: Headers | Record<string, string>;
}

function retryAfter({ headers }: ClientError): number {
  const told = headers instanceof Headers ? headers.get('retry-after') : headers?.['retry-after'];
  return told && /^\d+$/.test(told) ? Number(told) : 5;
}

/** The fault that an error of the client stands for; `begun` when a part of the answer had come. */
export function llmFault(error: unknown, settings: Settings['llm'], { begun }: { begun: boolean }): ServiceFault {
  const client = (error ?? {}) as ClientError;
  const { status, name = '' } = client;
  const said = messageOf(error).slice(0, 300);
  const fault = (code: 'LlmTimeout' | 'LlmFailed' | 'LlmStreamBroken' | 'PromptTooLong', message: string) =>
    new ServiceFault(code, message, { cause: error });
  if (/Timeout|Abort/.test(name) || /timed out/i.test(said))
    return fault('LlmTimeout', `The model server did not answer within ${settings.timeoutSeconds} s.`);
  if (status === 429) {
    return new ServiceFault('LlmBusy', 'The model server takes no more requests now (429).', {
      cause: error,
      retryAfterSeconds: retryAfter(client),
    });
  }
  if ((status === 400 || status === 413 || status === 422) && LENGTH_WORDS.test(said))
    return fault('PromptTooLong', `The prompt is longer than the model reads. Is LLM_CONTEXT_TOKENS right? ${said}`);
  if (status !== undefined) return fault('LlmFailed', `The model server answered ${status}: ${said}`);
  if (!begun && /Connection/.test(name + said)) return fault('LlmFailed', 'The model server cannot be reached.');
  return fault('LlmStreamBroken', `The model server's answer cannot be read (${name || 'Error'}).`);
}
