import { CURATED_MODELS } from './curatedModels';
import { findModel } from './findModel';
import { mergeModels } from './mergeModels';

describe('findModel', () => {
  it('finds a model by its id in any case', () => {
    expect(findModel(CURATED_MODELS, 'qwen/QWEN3-8b')?.id).toBe(
      'Qwen/Qwen3-8B',
    );
  });

  it('finds a model by the repository of an edition', () => {
    expect(findModel(CURATED_MODELS, 'Qwen/Qwen3-8B-AWQ')?.id).toBe(
      'Qwen/Qwen3-8B',
    );
  });

  it('finds nothing for a model it does not know', () => {
    expect(findModel(CURATED_MODELS, 'nobody/nothing')).toBeUndefined();
  });
});

describe('mergeModels', () => {
  it('lets a later list replace a model of the same id and adds the others', () => {
    const [first, second] = CURATED_MODELS;
    const ours = { ...first, id: first.id.toUpperCase(), title: 'Ours' };
    const added = { ...second, id: 'acme/own' };
    expect(mergeModels([first, second], [ours, added])).toEqual([
      ours,
      second,
      added,
    ]);
  });
});
