import { render, screen } from '@testing-library/react';
import { CountBar } from './CountBar';

describe('CountBar', () => {
  it('has its numbers as text', () => {
    render(
      <CountBar
        counts={{ capacity: 8, allocated: 5, free: 2, unhealthy: 1 }}
        what="whole GPUs"
      />,
    );
    expect(
      screen.getByRole('img', {
        name: '5 allocated, 2 free, 1 unhealthy of 8 whole GPUs',
      }),
    ).toBeInTheDocument();
  });

  it('stays inside its frame when more is held than is allocatable', () => {
    render(
      <CountBar
        counts={{ capacity: 4, allocated: 4, free: 0, unhealthy: 4 }}
        what="GPUs"
      />,
    );
    const widths = [...screen.getByRole('img').children].map(part =>
      parseFloat((part as HTMLElement).style.width),
    );
    expect(widths).toEqual([50, 50]);
  });

  it('draws nothing for nothing', () => {
    render(
      <CountBar
        counts={{ capacity: 0, allocated: 0, free: 0, unhealthy: 0 }}
        what="GPUs"
      />,
    );
    expect(screen.getByRole('img')).toBeEmptyDOMElement();
  });
});
