import { GENAI_SIGNAL_CHANNEL } from '@promptside/backstage-plugin-genai-common';
import { isHintOf } from './isHintOf';

const message = { cluster: 'west', version: 2, topics: ['model-servers'] };

describe('isHintOf', () => {
  it('hears a change of its topic among others', () => {
    const payload = {
      channel: GENAI_SIGNAL_CHANNEL,
      recipients: { type: 'broadcast' },
      message: { ...message, topics: ['gpus', 'model-servers'] },
    };
    expect(isHintOf('model-servers', payload)).toBe(true);
    expect(isHintOf('vector-stores', payload)).toBe(false);
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
    expect(isHintOf('model-servers', payload)).toBe(false);
  });
});
