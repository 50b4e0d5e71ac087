import { render, screen } from '@testing-library/react';
import { curveThrough, LineageEdge } from './LineageEdge';

const POINTS = [
  { x: 0, y: 0 },
  { x: 10, y: 20 },
  { x: 20, y: 20 },
];

const shown = (state: 'Whole' | 'Broken' | 'Unknown', points = POINTS) =>
  render(
    <svg>
      <LineageEdge points={points} state={state} isUpright={false} />
    </svg>,
  );

describe('a connection of the lineage', () => {
  it('leaves each point along the main axis', () => {
    expect(curveThrough(POINTS, false)).toBe(
      'M0,0 C5,0 5,20 10,20 C15,20 15,20 20,20',
    );
    expect(curveThrough(POINTS, true)).toBe(
      'M0,0 C0,10 10,10 10,20 C10,20 20,20 20,20',
    );
  });

  it('tells its state in words, and by its line when it is not whole', () => {
    const lines = (['Whole', 'Unknown', 'Broken'] as const).map(state => {
      const { container, unmount } = shown(state);
      expect(screen.getByText(state)).toHaveAttribute('x', '10');
      const { strokeDasharray } = getComputedStyle(
        container.querySelector('path')!,
      );
      unmount();
      return strokeDasharray ?? '';
    });
    expect(new Set(lines).size).toBe(3);
  });

  it('is not drawn before it has a place', () => {
    const { container } = shown('Broken', [{ x: NaN, y: 0 }]);
    expect(container.querySelector('path')).toBeNull();
  });
});
