import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { configure, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { GenaiQueuePicker } from './GenaiQueuePicker';

// The first rendering loads what the app is made of.
configure({ asyncUtilTimeout: 20_000 });

const server = setupServer();
registerMswTestHooks(server);
const NAMESPACES = '*/api/genai/v1/namespaces';

const QUEUES = [
  { name: 'gpus', clusterQueue: 'research', pendingCount: 2 },
  { name: 'held', clusterQueue: 'research', stopped: 'Hold' },
  { name: 'new', clusterQueue: 'cloud', admissionChecks: ['new-nodes'] },
];

function answer(queues?: object[]): { count: number } {
  const asked = { count: 0 };
  server.use(
    http.get(NAMESPACES, () => {
      asked.count += 1;
      return HttpResponse.json({
        items: [
          { cluster: 'demo', name: 'team-a', quota: [], queues },
          { cluster: 'other', name: 'team-a', quota: [] },
        ],
        clusters: [],
      });
    }),
  );
  return asked;
}

function picker(
  formData: string | undefined,
  options: { onChange?: (value?: string) => void; target?: object } = {},
) {
  const {
    onChange = jest.fn(),
    target = { cluster: 'demo', namespace: 'team-a' },
  } = options;
  const props = {
    formData,
    onChange,
    schema: {},
    uiSchema: {},
    idSchema: { $id: 'queue' },
    formContext: { formData: { target } },
  } as unknown as FieldExtensionComponentProps<string>;
  return <GenaiQueuePicker {...props} />;
}

describe('GenaiQueuePicker', () => {
  it('offers the queues of the namespace and hands on the chosen one', async () => {
    answer(QUEUES);
    const onChange = jest.fn();
    renderInTestApp(picker(undefined, { onChange }));
    await userEvent.click(await screen.findByLabelText('Queue'));
    await userEvent.click(
      screen.getByRole('option', {
        name: 'gpus (ClusterQueue research, 2 waiting)',
      }),
    );
    expect(onChange).toHaveBeenCalledWith('gpus');
  });

  it('lets a queue be left to the plan again', async () => {
    answer(QUEUES);
    const onChange = jest.fn();
    renderInTestApp(picker('gpus', { onChange }));
    await userEvent.click(await screen.findByLabelText('Queue'));
    await userEvent.click(
      screen.getByRole('option', { name: /^The only one/ }),
    );
    expect(onChange).toHaveBeenCalledWith(undefined);
  });

  it('says that a queue is stopped', async () => {
    answer(QUEUES);
    renderInTestApp(picker('held'));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'held admits nothing now (Hold). Choose another queue, or ask who runs it.',
    );
  });

  it('promises nothing where admission checks are asked', async () => {
    answer(QUEUES);
    renderInTestApp(picker('new'));
    expect(
      await screen.findByText(
        'Before anything starts new-nodes must agree, too: free quota is no promise.',
      ),
    ).toBeInTheDocument();
  });

  it.each([
    ['where Kueue has no queue', { cluster: 'demo', namespace: 'team-a' }],
    ['in a namespace without one', { cluster: 'other', namespace: 'team-a' }],
  ])('is not there %s', async (_, target) => {
    const asked = answer(undefined);
    renderInTestApp(picker(undefined, { target }));
    await waitFor(() => expect(asked.count).toBe(1));
    expect(screen.queryByLabelText('Queue')).not.toBeInTheDocument();
  });

  it('asks nothing before a namespace is chosen', async () => {
    const asked = answer(QUEUES);
    renderInTestApp(
      <>
        {picker(undefined, { target: { cluster: 'demo' } })}
        <p>rendered</p>
      </>,
    );
    expect(await screen.findByText('rendered')).toBeInTheDocument();
    expect(asked.count).toBe(0);
    expect(screen.queryByLabelText('Queue')).not.toBeInTheDocument();
  });

  it('lets go of a queue that the namespace does not have', async () => {
    answer(QUEUES);
    const onChange = jest.fn();
    renderInTestApp(picker('elsewhere', { onChange }));
    await waitFor(() => expect(onChange).toHaveBeenCalledWith(undefined));
  });

  it('keeps the choice when the queues cannot be read', async () => {
    server.use(
      http.get(NAMESPACES, () =>
        HttpResponse.json({ error: { message: 'broken' } }, { status: 500 }),
      ),
    );
    const onChange = jest.fn();
    renderInTestApp(picker('gpus', { onChange }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The queues cannot be read: .*"gpus" stays chosen/,
    );
    expect(onChange).not.toHaveBeenCalled();
  });
});
