import FormControl from '@material-ui/core/FormControl';
import FormHelperText from '@material-ui/core/FormHelperText';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import type { RagChoice } from './ragChoices';

/** A text or number that belongs to the choice. */
export interface RagInput {
  name: string;
  label: string;
  number?: true;
  help?: string;
}

interface RagPickerProps<T extends object> {
  id: string;
  label: string;
  required?: boolean;
  choices: readonly RagChoice<T>[];
  value: T | undefined;
  onChange(value: T): void;
  /** Fields below the menu, for the value as it stands. */
  inputs: readonly RagInput[];
  /** What stands below the menu. */
  help: string | undefined;
  error: boolean;
}

/** What a new thing begins with and somebody may change: it does not tell one choice from another. */
const CHANGEABLE = new Set(['engine', 'replicas', 'contextTokens']);

/** A choice fits the value when everything that it says is there. */
const says = (choice: object, value: object) =>
  Object.entries(choice).every(
    ([key, said]) =>
      ('create' in choice && CHANGEABLE.has(key)) ||
      (value as Record<string, unknown>)[key] === said,
  );

/** Menu of what the cluster has, with fields for what is to be said besides. */
export function RagPicker<T extends object>(props: RagPickerProps<T>) {
  const { id, label, required, choices, inputs, help, error } = props;
  const { value, onChange } = props;
  const chosen =
    value && Object.keys(value).length > 0
      ? choices.find(choice => says(choice.value, value))
      : undefined;
  const given = (value ?? {}) as Record<string, unknown>;
  const put = ({ name, number }: RagInput, text: string) => {
    const { [name]: _, ...rest } = given;
    const next = number ? Number(text) : text;
    onChange((text === '' ? rest : { ...rest, [name]: next }) as T);
  };
  return (
    <FormControl fullWidth margin="normal" required={required} error={error}>
      <TextField
        select
        fullWidth
        id={id}
        label={label}
        required={required}
        variant="outlined"
        error={error}
        value={chosen?.key ?? ''}
        onChange={event => {
          const next = choices.find(({ key }) => key === event.target.value);
          if (next) onChange(next.value);
        }}
      >
        {choices.map(({ key, label: words }) => (
          <MenuItem key={key} value={key}>
            {words}
          </MenuItem>
        ))}
      </TextField>
      {help && <FormHelperText>{help}</FormHelperText>}
      {inputs.map(input => (
        <TextField
          key={input.name}
          fullWidth
          margin="dense"
          id={`${id}-${input.name}`}
          label={input.label}
          helperText={input.help}
          type={input.number ? 'number' : 'text'}
          variant="outlined"
          value={given[input.name] ?? ''}
          onChange={event => put(input, event.target.value)}
        />
      ))}
    </FormControl>
  );
}
