import { render, screen } from '@testing-library/react';
import { EvidenceList } from './EvidenceList';
import { FactList } from './FactList';

describe('FactList', () => {
  it('leaves out what is not known', () => {
    render(
      <FactList
        facts={[
          ['Runtime', 'vLLM'],
          ['Endpoint', undefined],
        ]}
      />,
    );
    expect(screen.getByText('vLLM')).toBeInTheDocument();
    expect(screen.queryByText('Endpoint')).not.toBeInTheDocument();
  });
});

describe('EvidenceList', () => {
  it('quotes the cluster, with object and count, and says how much it leaves out', () => {
    render(
      <EvidenceList
        evidence={Array.from({ length: 6 }, (_, index) => ({
          kind: 'Pod',
          name: `pod-${index}`,
          reason: 'BackOff',
          message: `message ${index}`,
          count: 3,
        }))}
      />,
    );
    expect(screen.getByText('message 0')).toBeInTheDocument();
    expect(screen.getByText('Pod pod-0 · 3 times')).toBeInTheDocument();
    expect(screen.queryByText('message 4')).not.toBeInTheDocument();
    expect(screen.getByText('and 2 more observations')).toBeInTheDocument();
  });

  it('is nothing without evidence', () => {
    const { container } = render(<EvidenceList evidence={[]} />);
    expect(container).toBeEmptyDOMElement();
  });
});
