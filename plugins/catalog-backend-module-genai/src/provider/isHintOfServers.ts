import {
  GENAI_SIGNAL_CHANNEL,
  genaiSignalSchema,
} from '@promptside/backstage-plugin-genai-common';

/** Whether the payload of a signal event says that model servers changed. */
export function isHintOfServers(payload: unknown): boolean {
  const { channel, message } = (payload ?? {}) as Record<string, unknown>;
  if (channel !== GENAI_SIGNAL_CHANNEL) return false;
  const signal = genaiSignalSchema.safeParse(message);
  return signal.success && signal.data.topics.includes('model-servers');
}
