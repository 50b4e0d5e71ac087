import { describeFileChange } from './describeFileChange';

const lines = (...text: string[]) => text.join('\n');

describe('describeFileChange', () => {
  it('tells new files and equal ones without a diff', () => {
    expect(describeFileChange('a', undefined, 'x')).toEqual({
      path: 'a',
      change: 'Added',
    });
    expect(describeFileChange('a', 'x', 'x')).toEqual({
      path: 'a',
      change: 'Unchanged',
    });
  });

  it('shows changed lines with two of their neighbours', () => {
    const { diff } = describeFileChange(
      'a',
      lines('1', '2', '3', '4', '5', '6', '7', '8', '9'),
      lines('1', '2', '3', '4', 'five', '6', '7', '8', '9', '10'),
    );
    expect(diff).toEqual([
      '  3',
      '  4',
      '- 5',
      '+ five',
      '  6',
      '  7',
      '  8',
      '  9',
      '+ 10',
    ]);
  });

  it('marks what it leaves out between two changes', () => {
    const between = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { diff } = describeFileChange(
      'a',
      lines('x', ...between, 'z'),
      lines(...between, 'y', 'z'),
    );
    expect(diff).toEqual([
      '- x',
      '  a',
      '  b',
      '  …',
      '  e',
      '  f',
      '+ y',
      '  z',
    ]);
  });

  it('finds the smallest change, not all that comes after it', () => {
    const block = Array.from(
      { length: 300 },
      (_, index) => `line ${index % 7}`,
    );
    const { diff } = describeFileChange(
      'a',
      lines(...block),
      lines('new', ...block),
    );
    expect(diff?.filter(line => !line.startsWith('  '))).toEqual(['+ new']);
  });

  it('gives but the size of files that no one would read', () => {
    const { diff } = describeFileChange(
      'a',
      'x\n'.repeat(3000),
      'y\n'.repeat(3000),
    );
    expect(diff).toEqual(['- 3001 lines', '+ 3001 lines']);
  });
});
