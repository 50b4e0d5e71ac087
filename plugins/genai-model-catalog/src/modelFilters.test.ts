import { passesFilters, type FilteredModel } from './modelFilters';

const model: FilteredModel = {
  id: 'google/gemma-2-9b-it',
  title: 'Gemma 2 9B',
  provider: 'Google',
  task: 'text-generation',
  license: 'gemma',
  gated: true,
  parameterCount: 9_241_705_984,
  verdict: 'Tight',
  runningCount: 1,
};

describe('passesFilters', () => {
  it.each([
    [{}, true],
    [{ fits: 'now' }, true],
    [{ fits: 'easily' }, false],
    [{ fits: 'not' }, false],
    [{ size: '4b-12b' }, true],
    [{ size: 'under-4b' }, false],
    [{ provider: 'Google' }, true],
    [{ provider: 'Meta' }, false],
    [{ running: 'yes' }, true],
    [{ access: 'open' }, false],
    [{ q: 'gemma google' }, true],
    [{ fits: 'a-choice-of-yesterday', size: 'huge' }, true],
  ])('%j: %s', (filters, passes) =>
    expect(passesFilters(model, filters)).toBe(passes),
  );

  it('takes a model without a plan for unknown, not for one that fits', () => {
    const unplanned = { ...model, verdict: undefined };
    expect(passesFilters(unplanned, { fits: 'now' })).toBe(false);
    expect(passesFilters(unplanned, { fits: 'unknown' })).toBe(true);
  });

  it.each([0, undefined])('does not take %s servers for running', count => {
    const idle = { ...model, runningCount: count };
    expect(passesFilters(idle, { running: 'yes' })).toBe(false);
  });

  it('puts each size into one range', () => {
    const exact = { ...model, parameterCount: 4e9 };
    expect(passesFilters(exact, { size: '4b-12b' })).toBe(true);
    expect(passesFilters(exact, { size: 'under-4b' })).toBe(false);
    const huge = { ...model, parameterCount: 671e9 };
    expect(passesFilters(huge, { size: 'over-100b' })).toBe(true);
  });
});
