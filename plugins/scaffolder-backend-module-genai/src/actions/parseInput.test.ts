import { inferencePlanRequestSchema } from '@promptside/backstage-plugin-genai-common';
import { parseInput } from './parseInput';

describe('parseInput', () => {
  it('takes what a form left empty as not given', () => {
    expect(
      parseInput(inferencePlanRequestSchema, {
        model: 'google/gemma-2-9b-it',
        cluster: '',
        namespace: undefined,
        replicas: null,
      }),
    ).toEqual({ model: 'google/gemma-2-9b-it' });
  });

  it('names every wrong field', () => {
    expect(() =>
      parseInput(inferencePlanRequestSchema, {
        model: 'no slash',
        namespace: 'Team_A',
        replicas: 0,
      }),
    ).toThrow(
      /model: must look like.*namespace: must be lower-case.*replicas: /,
    );
  });
});
