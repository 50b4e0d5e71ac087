import { render, screen } from '@testing-library/react';
import { BreakableText } from './BreakableText';

describe('BreakableText', () => {
  it.each([
    [
      'meta-llama/Llama-3.1-8B-Instruct',
      ['meta-', 'llama/', 'Llama-', '3.1-', '8B-', 'Instruct'],
    ],
    ['nvidia.com/mig-3g.40gb', ['nvidia.', 'com/', 'mig-', '3g.40gb']],
    ['gemma', ['gemma']],
    ['', []],
  ])('may break %s between its words alone', (text, parts) => {
    const { container } = render(<BreakableText text={text} />);
    const html = container.firstElementChild!.innerHTML;
    expect(html.split('<wbr>').filter(Boolean)).toEqual(parts);
  });

  it('is read and copied as one text', () => {
    render(<BreakableText text="google/gemma-2-9b-it" />);
    expect(screen.getByText('google/gemma-2-9b-it')).toBeInTheDocument();
  });
});
