import type { Evidence } from '@promptside/backstage-plugin-genai-common';
import { failed } from './__fixtures__/modelAnswers';
import { timelineOf } from './timeline';

const entry = (message: string, at?: string): Evidence => ({
  kind: 'Event',
  name: 'chat-0',
  message,
  at,
});

const detail = (evidence: Evidence[], events: Evidence[]) => ({
  item: { ...failed, evidence },
  allocations: [],
  events,
  clusters: [],
});

const messages = (evidence: Evidence[], events: Evidence[]) =>
  timelineOf(detail(evidence, events)).map(({ message }) => message);

describe('timelineOf', () => {
  it('puts what holds now before what was, newest first', () =>
    expect(
      messages(
        [entry('now')],
        [
          entry('old', '2026-05-01T10:00:00Z'),
          entry('new', '2026-05-01T12:00:00+01:00'),
        ],
      ),
    ).toEqual(['now', 'new', 'old']));

  it('tells what is evidence and event once, with its time', () => {
    const at = '2026-05-01T10:00:00Z';
    const [only, ...rest] = timelineOf(
      detail([entry('back-off')], [entry('back-off', at)]),
    );
    expect(only.at).toBe(at);
    expect(rest).toEqual([]);
  });

  it('keeps what other objects say in the same words', () =>
    expect(
      messages([], [entry('x'), { ...entry('x'), name: 'chat-1' }]),
    ).toHaveLength(2));
});
