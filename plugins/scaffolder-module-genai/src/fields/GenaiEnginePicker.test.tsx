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
import { GenaiEnginePicker } from './GenaiEnginePicker';

const server = setupServer();
registerMswTestHooks(server);
const ENGINES = '*/api/genai/v1/engines';
const MODEL = 'google/gemma-2-9b-it';

const vllm = {
  engine: 'vllm',
  title: 'vLLM',
  tasks: ['text-generation'],
  deployedBy: 'Deployment',
  platforms: ['nvidia', 'amd', 'intel'],
};
const tgi = {
  ...vllm,
  engine: 'tgi',
  title: 'TGI',
  platforms: ['nvidia', 'gaudi'],
  notice: 'TGI is in maintenance mode.',
};
const llamaCpp = { ...vllm, engine: 'llama-cpp', title: 'llama.cpp' };
const NO_GGUF = 'llama.cpp loads GGUF files alone.';

function picker(
  formData: string | undefined,
  options: { onChange?: (value?: string) => void; model?: string } = {},
) {
  const { onChange = jest.fn(), model } = options;
  const props = {
    formData,
    onChange,
    schema: {},
    uiSchema: {},
    idSchema: { $id: 'engine' },
    formContext: { formData: { model } },
  } as unknown as FieldExtensionComponentProps<string>;
  return <GenaiEnginePicker {...props} />;
}

/** Engines; llama.cpp cannot serve the model. */
function answer(asked: string[] = []) {
  server.use(
    http.get(ENGINES, ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams.get('model') ?? '');
      const refusal = searchParams.has('model') ? { refusal: NO_GGUF } : {};
      return HttpResponse.json({
        items: [vllm, tgi, { ...llamaCpp, ...refusal }],
      });
    }),
  );
}

describe('GenaiEnginePicker', () => {
  it('offers engines with their devices and the state of their projects', async () => {
    const asked: string[] = [];
    answer(asked);
    const onChange = jest.fn();
    await renderInTestApp(picker('vllm', { onChange }));
    const option = await screen.findByRole('radio', { name: 'TGI' });
    expect(option).toHaveAccessibleDescription(
      'Runs on NVIDIA, Intel Gaudi TGI is in maintenance mode.',
    );
    expect(screen.getByRole('radio', { name: 'vLLM' })).toBeChecked();
    expect(screen.getByRole('radio', { name: 'llama.cpp' })).toBeEnabled();
    expect(asked).toEqual(['']);
    await userEvent.click(option);
    expect(onChange).toHaveBeenCalledWith('tgi');
  });

  it('can be chosen by keyboard', async () => {
    answer();
    const onChange = jest.fn();
    await renderInTestApp(picker('vllm', { onChange }));
    const chosen = await screen.findByRole('radio', { name: 'vLLM' });
    act(() => chosen.focus());
    await userEvent.keyboard('{ArrowDown}');
    expect(onChange).toHaveBeenCalledWith('tgi');
  });

  it('says why an engine cannot serve the model of the form', async () => {
    const asked: string[] = [];
    answer(asked);
    await renderInTestApp(picker('vllm', { model: MODEL }));
    const refused = await screen.findByRole('radio', { name: 'llama.cpp' });
    expect(refused).toBeDisabled();
    expect(refused).toHaveAccessibleDescription(
      `Not for this model: ${NO_GGUF}`,
    );
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(asked).toEqual([MODEL]);
  });

  it('gives way to one that can serve the model, and says so', async () => {
    answer();
    const onChange = jest.fn();
    await renderInTestApp(
      <Steps
        steps={[
          picker('llama-cpp', { model: MODEL, onChange }),
          picker('vllm', { model: MODEL, onChange }),
        ]}
      />,
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      `llama.cpp cannot serve ${MODEL}. Choose another engine or model.`,
    );
    expect(onChange.mock.calls).toEqual([['vllm']]);
    await userEvent.click(screen.getByRole('button', { name: 'next step' }));
    expect(await screen.findByRole('status')).toHaveTextContent(
      `llama.cpp cannot serve ${MODEL}, so vLLM was chosen.`,
    );
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('stays where no engine can serve the model', async () => {
    server.use(
      http.get(ENGINES, () =>
        HttpResponse.json({ items: [{ ...vllm, refusal: 'No.' }] }),
      ),
    );
    const onChange = jest.fn();
    await renderInTestApp(picker('vllm', { model: MODEL, onChange }));
    expect(await screen.findByRole('alert')).toBeInTheDocument();
    expect(onChange).not.toHaveBeenCalled();
  });

  it('says why there are no engines', async () => {
    server.use(
      http.get(ENGINES, () => new HttpResponse(null, { status: 503 })),
    );
    await renderInTestApp(picker(undefined));
    expect(
      await screen.findByText(/The engines cannot be read: .*503/),
    ).toBeInTheDocument();
  });
});
