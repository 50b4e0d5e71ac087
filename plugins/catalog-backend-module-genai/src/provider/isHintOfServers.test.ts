import { GENAI_SIGNAL_CHANNEL } from '@promptside/backstage-plugin-genai-common';
import { isHintOfServers } from './isHintOfServers';

const message = { cluster: 'west', version: 2, topics: ['model-servers'] };

describe('isHintOfServers', () => {
  it('hears a change of model servers among others', () => {
    expect(
      isHintOfServers({
        channel: GENAI_SIGNAL_CHANNEL,
        recipients: { type: 'broadcast' },
        message: { ...message, topics: ['gpus', 'model-servers'] },
      }),
    ).toBe(true);
  });

  it.each([
    ['another channel', { channel: 'notifications', message }],
    [
      'another topic',
      {
        channel: GENAI_SIGNAL_CHANNEL,
        message: { ...message, topics: ['gpus'] },
      },
    ],
    ['a message of no shape', { channel: GENAI_SIGNAL_CHANNEL, message: 'x' }],
    ['no message', { channel: GENAI_SIGNAL_CHANNEL }],
    ['text', 'genai:state'],
    ['null', null],
    ['nothing', undefined],
  ])('does not take %s for one', (_, payload) => {
    expect(isHintOfServers(payload)).toBe(false);
  });
});
