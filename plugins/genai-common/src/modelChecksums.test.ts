import { problemsOf } from './__testUtils__/problemsOf';
import { modelChecksumsSchema } from './modelChecksums';

const SUM = '0123456789abcdef'.repeat(4);
const filesOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`model-${i}.safetensors`, SUM]),
  );

describe('checksums of a model', () => {
  it('are kept by the path of each file', () => {
    const files = { 'model.safetensors': SUM, 'gguf/Q4_K_M+x.gguf': SUM };
    expect(modelChecksumsSchema.parse(files)).toEqual(files);
  });

  it.each(['../model.bin', '/model.bin', 'a b.bin', 'a\nb.bin', 'a/', '-x'])(
    'are not of a file that a list of sums or a folder cannot hold: %j',
    path => {
      expect(problemsOf(modelChecksumsSchema, { [path]: SUM })).not.toEqual([]);
    },
  );

  it.each(['', SUM.toUpperCase(), SUM.slice(1), `${SUM}0`])(
    'are 64 hexadecimal digits, not %j',
    sum => {
      expect(problemsOf(modelChecksumsSchema, { 'a.bin': sum })).toEqual([
        'a.bin: must be 64 hexadecimal digits',
      ]);
    },
  );

  it('are of no more files than a ConfigMap holds', () => {
    expect(problemsOf(modelChecksumsSchema, filesOf(2000))).toEqual([]);
    expect(problemsOf(modelChecksumsSchema, filesOf(2001))).toEqual([
      'must have at most 2000 files',
    ]);
  });
});
