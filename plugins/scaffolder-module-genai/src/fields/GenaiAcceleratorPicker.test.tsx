import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { Steps } from '../__testUtils__/Steps';
import { GenaiAcceleratorPicker } from './GenaiAcceleratorPicker';
import type { GenaiAccelerator } from './formValues';

const server = setupServer();
registerMswTestHooks(server);
const BASE = '*/api/genai/v1';

const group = (change: object) => ({
  cluster: 'demo',
  vendor: 'nvidia',
  resource: 'nvidia.com/gpu',
  sharing: 'Whole',
  product: 'NVIDIA-A100-SXM4-80GB',
  memoryBytes: 80 * 2 ** 30,
  nodeCount: 2,
  counts: {
    capacity: 8,
    allocatable: 8,
    allocated: 3,
    free: 5,
    unhealthy: 0,
  },
  schedulableFree: 5,
  largestFree: 4,
  ...change,
});

const groups = [
  group({
    vendor: 'intel',
    resource: 'gpu.intel.com/xe',
    product: 'Max_1550',
    schedulableFree: 9,
  }),
  group({}),
  group({
    resource: 'nvidia.com/mig-1g.10gb',
    sharing: 'Mig',
    profile: '1g.10gb',
    memoryBytes: undefined,
    nodeCount: 1,
    schedulableFree: 6,
  }),
];

const engines = [
  { engine: 'vllm', title: 'vLLM', platforms: ['nvidia', 'amd', 'intel'] },
  { engine: 'triton', title: 'Triton', platforms: ['nvidia'] },
].map(each => ({
  ...each,
  tasks: ['text-generation'],
  deployedBy: 'Deployment',
}));

const answer = (asked: string[] = []) =>
  server.use(
    http.get(`${BASE}/gpu-overview`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({
        groups,
        owners: [],
        pending: [],
        clusters: [],
      });
    }),
    http.get(`${BASE}/engines`, () => HttpResponse.json({ items: engines })),
  );

function picker(
  formData: GenaiAccelerator | undefined,
  context: object,
  onChange = jest.fn(),
) {
  const props = {
    formData,
    onChange,
    schema: {},
    uiSchema: {},
    idSchema: { $id: 'accelerator' },
    formContext: { formData: context },
  } as unknown as FieldExtensionComponentProps<GenaiAccelerator>;
  return <GenaiAcceleratorPicker {...props} />;
}

const target = { cluster: 'demo', namespace: 'team-search' };
const A100 = {
  vendor: 'nvidia',
  resource: 'nvidia.com/gpu',
  product: 'NVIDIA-A100-SXM4-80GB',
};

describe('GenaiAcceleratorPicker', () => {
  it('offers the GPUs of the cluster with what is free of them, slices among them, and any', async () => {
    const asked: string[] = [];
    answer(asked);
    const onChange = jest.fn();
    await renderInTestApp(picker(undefined, { target }, onChange));
    const whole = await screen.findByRole('radio', {
      name: 'NVIDIA A100 SXM4 80GB',
    });
    expect(whole).toHaveAccessibleDescription(
      '5 of 8 free · 2 nodes · 80 GiB each · nvidia.com/gpu',
    );
    expect(
      screen.getByRole('radio', {
        name: 'NVIDIA A100 SXM4 80GB, MIG slice 1g.10gb',
      }),
    ).toHaveAccessibleDescription(
      '6 of 8 free · 1 node · memory not known · nvidia.com/mig-1g.10gb',
    );
    expect(screen.getByRole('radio', { name: 'Any' })).toBeChecked();
    expect(asked).toEqual(['?cluster=demo']);
    await userEvent.click(whole);
    expect(onChange).toHaveBeenCalledWith(A100);
  });

  it('shows the chosen one as a bar with its numbers, and gives the choice back', async () => {
    answer();
    const onChange = jest.fn();
    await renderInTestApp(picker(A100, { target }, onChange));
    expect(
      await screen.findByRole('img', {
        name: '3 allocated, 5 free of 8 NVIDIA A100 SXM4 80GB in cluster demo',
      }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Any' }));
    expect(onChange).toHaveBeenCalledWith(undefined);
  });

  it('can be chosen by keyboard', async () => {
    answer();
    const onChange = jest.fn();
    await renderInTestApp(picker(undefined, { target }, onChange));
    await screen.findByRole('radio', { name: /Max 1550/ });
    act(() => screen.getByRole('radio', { name: 'Any' }).focus());
    await userEvent.keyboard('{ArrowDown}');
    expect(onChange).toHaveBeenCalledWith({
      vendor: 'intel',
      resource: 'gpu.intel.com/xe',
      product: 'Max_1550',
    });
  });

  it('disables what the engine of the form has no image for, last and with the reason', async () => {
    answer();
    await renderInTestApp(picker(undefined, { target, engine: 'triton' }));
    const refused = await screen.findByRole('radio', { name: /Max 1550/ });
    expect(refused).toBeDisabled();
    expect(refused).toHaveAccessibleDescription(
      /Not with this engine: Triton has no image for Intel GPUs\.$/,
    );
    expect(screen.getAllByRole('radio').at(-1)).toBe(refused);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says that the chosen one does not go with the engine, or is not there', async () => {
    answer();
    const max = {
      vendor: 'intel',
      resource: 'gpu.intel.com/xe',
      product: 'Max_1550',
    };
    await renderInTestApp(
      <Steps
        steps={[
          picker(max, { target, engine: 'triton' }),
          picker({ ...A100, product: 'NVIDIA-H100' }, { target }),
        ]}
      />,
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Triton has no image for Intel GPUs.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'next step' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Cluster demo has no NVIDIA-H100. Choose another GPU.',
    );
  });

  it('waits for a cluster, and says why there are no GPUs', async () => {
    answer();
    await renderInTestApp(
      <Steps steps={[picker(undefined, {}), picker(undefined, { target })]} />,
    );
    expect(
      screen.getByText('Choose a cluster to see its GPUs.'),
    ).toBeInTheDocument();
    server.use(
      http.get(
        `${BASE}/gpu-overview`,
        () => new HttpResponse(null, { status: 503 }),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'next step' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The GPUs cannot be read: .*503/,
    );
  });
});
