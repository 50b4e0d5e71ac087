import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Steps } from '../__testUtils__/Steps';
import { GenaiContextLength } from './GenaiContextLength';

function field(
  formData: number | undefined,
  engine: string | undefined,
  onChange = jest.fn(),
) {
  const props = {
    formData,
    onChange,
    schema: {},
    uiSchema: {},
    idSchema: { $id: 'contextLength' },
    formContext: { formData: { engine } },
  } as unknown as FieldExtensionComponentProps<number>;
  return <GenaiContextLength {...props} />;
}

describe('GenaiContextLength', () => {
  it('takes a number of tokens, or none', async () => {
    const onChange = jest.fn();
    await renderInTestApp(field(8192, 'vllm', onChange));
    const input = screen.getByRole('spinbutton', { name: 'Context length' });
    expect(input).toHaveValue(8192);
    expect(input).toHaveAccessibleDescription(/Empty: 8,192/);
    fireEvent.change(input, { target: { value: '4096' } });
    expect(onChange).toHaveBeenLastCalledWith(4096);
    fireEvent.change(input, { target: { value: '' } });
    expect(onChange).toHaveBeenLastCalledWith(undefined);
  });

  it.each([0, -1, 0.5])('refuses %d', async value => {
    await renderInTestApp(field(value, 'vllm'));
    expect(screen.getByRole('spinbutton')).toBeInvalid();
    expect(
      screen.getByText('Must be a whole number of tokens.'),
    ).toBeInTheDocument();
  });

  it('is not there for an engine without contexts, and leaves no value', async () => {
    const onChange = jest.fn();
    await renderInTestApp(
      <Steps
        steps={[
          field(8192, 'tei', onChange),
          field(undefined, 'tei', onChange),
          field(undefined, 'vllm', onChange),
        ]}
      />,
    );
    expect(screen.queryByRole('spinbutton')).not.toBeInTheDocument();
    expect(onChange.mock.calls).toEqual([[undefined]]);
    await userEvent.click(screen.getByRole('button', { name: 'next step' }));
    expect(onChange).toHaveBeenCalledTimes(1);
    await userEvent.click(screen.getByRole('button', { name: 'next step' }));
    expect(screen.getByRole('spinbutton')).toHaveValue(null);
  });
});
