import { renderInTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen } from '@testing-library/react';
import { fieldProps } from '../__testUtils__/fieldProps';
import { GenaiRetrieval, type RagRetrievalValue } from './GenaiRetrieval';

const show = (value: RagRetrievalValue, onChange = jest.fn()) =>
  renderInTestApp(
    <GenaiRetrieval
      {...fieldProps<RagRetrievalValue>(value, onChange, {
        embedding: { maxTokens: 512 },
      })}
    />,
  );

describe('GenaiRetrieval', () => {
  it('takes numbers, and leaves out what is emptied', async () => {
    const onChange = jest.fn();
    await show({ topK: 8 }, onChange);
    fireEvent.change(screen.getByLabelText('Least similarity of a passage'), {
      target: { value: '0.2' },
    });
    expect(onChange).toHaveBeenLastCalledWith({ topK: 8, minScore: 0.2 });
    fireEvent.change(screen.getByLabelText('Passages for a question'), {
      target: { value: '' },
    });
    expect(onChange).toHaveBeenLastCalledWith({});
  });

  it('tells of chunks that the embedding model does not read', async () => {
    await show({ chunkTokens: 513 });
    expect(screen.getByText(/reads 512 tokens/)).toBeInTheDocument();
  });

  it('has nothing against chunks of the length that it reads', async () => {
    await show({ chunkTokens: 512 });
    expect(screen.queryByText(/reads 512 tokens/)).toBeNull();
  });
});
