import { gemma } from './__fixtures__/modelAnswers';
import { contextSteps, planQuestion, stepOf } from './planParameters';

describe('planQuestion', () => {
  it('asks for one replica with the context that the planner takes too', () =>
    expect(planQuestion({ ...gemma, contextLength: 131_072 }, {})).toEqual({
      request: { model: gemma.id, contextLength: 8192, replicas: 1 },
    }));

  it('asks no more of a model than it knows', () =>
    expect(
      planQuestion({ ...gemma, contextLength: 512 }, {}).request?.contextLength,
    ).toBe(512));

  it('takes every parameter', () =>
    expect(
      planQuestion(gemma, {
        context: '4096',
        replicas: '3',
        kv: 'fp8',
        weights: 'awq',
        vendor: 'amd',
        product: 'AMD_Instinct_MI300X_OAM',
        gpus: '2',
        cluster: 'demo',
      }).request,
    ).toEqual({
      model: gemma.id,
      contextLength: 4096,
      replicas: 3,
      kvCacheDtype: 'fp8',
      quantization: 'awq',
      vendor: 'amd',
      product: 'AMD_Instinct_MI300X_OAM',
      gpuCount: 2,
      cluster: 'demo',
    }));

  it.each([
    [{ context: '0' }, 'context'],
    [{ context: '4k' }, 'context'],
    [{ replicas: '1.5' }, 'replicas'],
    [{ replicas: '65' }, 'replicas'],
    [{ vendor: 'acme' }, 'vendor'],
    [{ kv: 'int4' }, 'kv'],
    [{ gpus: ' ' }, 'gpus'],
    [{ cluster: '../x y' }, 'cluster'],
  ])('does not ask with %j and names %s', (parameters, field) => {
    const { request, faults } = planQuestion(gemma, parameters);
    expect(request).toBeUndefined();
    expect(Object.keys(faults!)).toEqual([field]);
  });
});

describe('steps of the slider', () => {
  it('double up to the longest context', () => {
    expect(contextSteps(8192)).toEqual([1024, 2048, 4096, 8192]);
    expect(contextSteps(40_960)).toEqual([
      1024, 2048, 4096, 8192, 16_384, 32_768, 40_960,
    ]);
    expect(contextSteps(512)).toEqual([512]);
  });

  it.each([
    [1024, 0],
    [3000, 1],
    [8192, 3],
    [100_000, 3],
    [1, 0],
    [Number.NaN, 0],
  ])('%d tokens is step %d', (context, step) =>
    expect(stepOf([1024, 2048, 4096, 8192], context)).toBe(step),
  );
});
