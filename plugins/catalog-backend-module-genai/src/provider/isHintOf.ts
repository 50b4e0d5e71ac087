import {
  GENAI_SIGNAL_CHANNEL,
  genaiSignalSchema,
  type GenaiSignal,
} from '@promptside/backstage-plugin-genai-common';

/** Whether the payload of a signal event says that things of that topic changed. */
export function isHintOf(
  topic: GenaiSignal['topics'][number],
  payload: unknown,
): boolean {
  const { channel, message } = (payload ?? {}) as Record<string, unknown>;
  if (channel !== GENAI_SIGNAL_CHANNEL) return false;
  const signal = genaiSignalSchema.safeParse(message);
  return signal.success && signal.data.topics.includes(topic);
}
