import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { FilterSelect, matchesSearch } from './FilterBar';
import { useUrlFilters } from './useUrlFilters';

const KEYS = ['vendor', 'q'] as const;

function Probe() {
  const [filters, setFilters] = useUrlFilters(KEYS);
  const { search } = useLocation();
  return (
    <>
      <FilterSelect
        id="vendor"
        label="Vendor"
        value={filters.vendor}
        options={[{ value: 'amd', label: 'AMD' }]}
        onChange={vendor => setFilters({ vendor })}
      />
      <button onClick={() => setFilters({ vendor: undefined, q: '' })}>
        Clear
      </button>
      <output>{search}</output>
      <pre>{JSON.stringify(filters)}</pre>
    </>
  );
}

const at = (url: string) =>
  render(
    <MemoryRouter initialEntries={[url]}>
      <Probe />
    </MemoryRouter>,
  );

describe('useUrlFilters', () => {
  it('reads its own parameters and leaves the others alone', async () => {
    at('/?vendor=amd&q=a%20b&tab=x');
    expect(screen.getByText('{"vendor":"amd","q":"a b"}')).toBeInTheDocument();
    await userEvent.click(screen.getByText('Clear'));
    expect(screen.getByText('?tab=x')).toBeInTheDocument();
    expect(screen.getByText('{}')).toBeInTheDocument();
  });

  it('writes the chosen value to the URL', async () => {
    at('/');
    await userEvent.click(screen.getByRole('button', { name: /Vendor/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'AMD' }));
    expect(screen.getByText('?vendor=amd')).toBeInTheDocument();
  });

  it('shows a value from the URL that is no option, so that it can be removed', () => {
    at('/?vendor=nobody');
    expect(screen.getByRole('button', { name: /Vendor/ })).toHaveTextContent(
      'nobody',
    );
  });
});

describe('matchesSearch', () => {
  it('wants every word somewhere, whatever the case', () => {
    expect(matchesSearch('GEMMA search', ['team-search', 'gemma-2'])).toBe(
      true,
    );
    expect(matchesSearch('gemma chat', ['team-search', 'gemma-2'])).toBe(false);
    expect(matchesSearch(undefined, [undefined])).toBe(true);
  });
});
