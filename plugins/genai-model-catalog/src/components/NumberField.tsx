import TextField from '@material-ui/core/TextField';
import { useState } from 'react';

interface NumberFieldProps {
  id: string;
  label: string;
  value: string;
  /** Shown while the field is empty. */
  placeholder?: string;
  /** Why the value cannot be taken. */
  fault?: string;
  /** Told at each key; an emptied field counts only when the focus has left it. */
  onChange(value: string): void;
}

/** Field for a whole number from 1 that can be emptied on the way to another number. */
export function NumberField(props: NumberFieldProps) {
  const { id, label, value, placeholder, fault, onChange } = props;
  const [draft, setDraft] = useState<string>();
  return (
    <TextField
      id={id}
      label={label}
      type="number"
      size="small"
      variant="outlined"
      value={draft ?? value}
      placeholder={placeholder}
      inputProps={{ min: 1, step: 1 }}
      InputLabelProps={{ shrink: true }}
      error={fault !== undefined}
      helperText={fault}
      onChange={({ target }) => {
        setDraft(target.value);
        if (target.value !== '') onChange(target.value);
      }}
      onBlur={() => {
        if (draft === '') onChange('');
        setDraft(undefined);
      }}
    />
  );
}
