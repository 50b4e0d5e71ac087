import { ResponseError } from '@backstage/errors';
import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { LiveResource } from '../live/useLiveResource';
import { PageState } from './PageState';

interface Answer {
  items: string[];
  clusters?: ClusterStatus[];
}

const live: ClusterStatus = { name: 'east', state: 'Live', version: 1 };

function show(resource: Partial<LiveResource<Answer>>, dense?: boolean) {
  const refresh = jest.fn();
  render(
    <PageState<Answer>
      resource={{ loading: false, isPrevious: false, refresh, ...resource }}
      what="Rockets"
      permission="rocket.read"
      needs={['nodes']}
      isEmpty={value => value.items.length === 0}
      empty={<p>Build one</p>}
      dense={dense}
    >
      {value => <p>{value.items.join()}</p>}
    </PageState>,
  );
  return { refresh };
}

async function responseError(status: number, body: object | string) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = new Map([
    [
      'content-type',
      typeof body === 'string' ? 'text/html' : 'application/json',
    ],
  ]);
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText: 'No',
    url: '/x',
    headers: { get: (key: string) => headers.get(key) ?? null },
    text: async () => text,
    json: async () => JSON.parse(text),
  } as unknown as Response);
}

describe('PageState', () => {
  it('says that it loads', () => {
    show({ loading: true });
    expect(screen.getByLabelText('Loading Rockets')).toBeInTheDocument();
  });

  it('shows data with its freshness', () => {
    show({ value: { items: ['Saturn'], clusters: [live] } });
    expect(screen.getByText('Saturn')).toBeInTheDocument();
    expect(screen.getByText(/Live from/)).toHaveTextContent('east');
  });

  it('keeps the data beside the error of a failed refresh', () => {
    show({
      value: { items: ['Saturn'], clusters: [live] },
      error: new Error('no route'),
    });
    expect(screen.getByText('Saturn')).toBeInTheDocument();
    expect(screen.getByText(/Could not refresh/)).toHaveTextContent('no route');
    expect(screen.queryByText(/Live from/)).not.toBeInTheDocument();
  });

  it('names the permission that is missing', async () => {
    const error = await responseError(403, {
      error: { name: 'NotAllowedError' },
    });
    show({ error });
    expect(screen.getByText('You may not see Rockets')).toBeInTheDocument();
    expect(screen.getByText('rocket.read')).toBeInTheDocument();
  });

  it('tells a backend without the plugin from an object that does not exist', async () => {
    show({ error: await responseError(404, '<html></html>') });
    expect(
      screen.getByText('The GenAI backend is not installed'),
    ).toBeInTheDocument();
  });

  it('shows our own not-found as a failure and tries again on request', async () => {
    const error = await responseError(404, {
      error: { name: 'NotFoundError', message: 'cluster "x" is unknown' },
      response: { statusCode: 404 },
    });
    const { refresh } = show({ error });
    expect(screen.getByText('Rockets could not be loaded')).toBeInTheDocument();
    expect(screen.getByText(/cluster "x" is unknown/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(refresh).toHaveBeenCalled();
  });

  it('offers the next step when there is nothing', () => {
    show({ value: { items: [], clusters: [live] } });
    expect(screen.getByText('Build one')).toBeInTheDocument();
  });

  it('offers the next step of an answer without clusters', () => {
    show({ value: { items: [] } });
    expect(screen.getByText('Build one')).toBeInTheDocument();
  });

  it.each<[string, ClusterStatus[], string]>([
    ['no cluster', [], 'No cluster is connected'],
    ['first list', [{ ...live, state: 'Syncing' }], 'Reading the clusters'],
    [
      'no right',
      [
        {
          ...live,
          state: 'Degraded',
          resources: [{ resource: 'nodes', state: 'Forbidden' }],
        },
      ],
      'The portal may not read the clusters',
    ],
    [
      'out of reach',
      [{ ...live, state: 'Unavailable' }],
      'No cluster could be read',
    ],
  ])(
    'never calls it empty when nothing is known: %s',
    (_case, clusters, title) => {
      show({ value: { items: [], clusters } });
      expect(screen.getByText(title)).toBeInTheDocument();
      expect(screen.queryByText('Build one')).not.toBeInTheDocument();
    },
  );

  it('is quiet in a card while all is live, and not when something is wrong', () => {
    show({ value: { items: ['Saturn'], clusters: [live] } }, true);
    expect(screen.queryByText(/Live from/)).not.toBeInTheDocument();
    show(
      { value: { items: ['Soyuz'], clusters: [{ ...live, state: 'Stale' }] } },
      true,
    );
    expect(screen.getByText(/no longer heard/)).toBeInTheDocument();
  });

  it('marks simulated hardware', () => {
    show({
      value: { items: ['Toy'], clusters: [{ ...live, simulated: true }] },
    });
    expect(screen.getByText('Simulated hardware')).toBeInTheDocument();
  });
});
