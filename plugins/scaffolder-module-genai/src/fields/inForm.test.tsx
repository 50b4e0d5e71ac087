import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  Stepper,
  type StepperProps,
} from '@backstage/plugin-scaffolder-react/alpha';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { GenaiAcceleratorPicker } from './GenaiAcceleratorPicker';
import { GenaiContextLength } from './GenaiContextLength';
import { GenaiEnginePicker } from './GenaiEnginePicker';

const server = setupServer();
registerMswTestHooks(server);
const BASE = '*/api/genai/v1';

const engine = (name: string, title: string) => ({
  engine: name,
  title,
  tasks: ['embedding'],
  deployedBy: 'Deployment',
  platforms: ['nvidia'],
});

const manifest = {
  title: 'Path',
  steps: [
    {
      title: 'Model and hardware',
      schema: {
        type: 'object',
        properties: {
          engine: {
            type: 'string',
            default: 'vllm',
            'ui:field': 'GenaiEnginePicker',
          },
          accelerator: { type: 'object', 'ui:field': 'GenaiAcceleratorPicker' },
          contextLength: { type: 'integer', 'ui:field': 'GenaiContextLength' },
        },
      },
    },
  ],
};

const extensions = [
  { name: 'GenaiAcceleratorPicker', component: GenaiAcceleratorPicker },
  { name: 'GenaiContextLength', component: GenaiContextLength },
  { name: 'GenaiEnginePicker', component: GenaiEnginePicker },
] as unknown as StepperProps['extensions'];

const press = (name: RegExp) =>
  userEvent.click(screen.getByRole('button', { name }));

describe("our fields in the scaffolder's form", () => {
  it('leave out the context of an engine that has none, bring it back empty, and hand on what was chosen', async () => {
    server.use(
      http.get(`${BASE}/engines`, () =>
        HttpResponse.json({
          items: [engine('vllm', 'vLLM'), engine('tei', 'TEI')],
        }),
      ),
    );
    const onCreate = jest.fn(async () => {});
    await renderInTestApp(
      <Stepper
        manifest={manifest}
        extensions={extensions}
        initialState={{ contextLength: 4096 }}
        onCreate={onCreate}
      />,
    );
    const tei = await screen.findByRole('radio', { name: 'TEI' });
    expect(screen.getByRole('spinbutton')).toHaveValue(4096);
    await userEvent.click(tei);
    await waitFor(() =>
      expect(screen.queryByRole('spinbutton')).not.toBeInTheDocument(),
    );
    await userEvent.click(screen.getByRole('radio', { name: 'vLLM' }));
    await waitFor(() =>
      expect(screen.getByRole('spinbutton')).toHaveValue(null),
    );
    await userEvent.click(tei);
    await press(/Review/);
    await userEvent.click(
      await screen.findByRole('button', { name: /Create/ }),
    );
    await waitFor(() => expect(onCreate).toHaveBeenCalledTimes(1));
    const [[values]] = onCreate.mock.calls as unknown as [[object]];
    expect(JSON.parse(JSON.stringify(values))).toEqual({ engine: 'tei' });
  });
});
