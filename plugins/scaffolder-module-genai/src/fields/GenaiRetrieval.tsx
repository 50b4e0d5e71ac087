import FormControl from '@material-ui/core/FormControl';
import FormLabel from '@material-ui/core/FormLabel';
import TextField from '@material-ui/core/TextField';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';

/** How documents are cut and passages are chosen; what is absent is the service's default. */
export interface RagRetrievalValue {
  topK?: number;
  minScore?: number;
  chunkTokens?: number;
  chunkOverlapTokens?: number;
}

const INPUTS: readonly [keyof RagRetrievalValue, string, string][] = [
  ['topK', 'Passages for a question', '1 to 100; empty: 5'],
  ['minScore', 'Least similarity of a passage', '-1 to 1; empty: 0'],
  ['chunkTokens', 'Tokens of a chunk', 'Empty: at most 400'],
  ['chunkOverlapTokens', 'Tokens that chunks share', 'Empty: a tenth'],
];

/** Form field: retrieval settings of a RAG service. Chunks longer than the form's embedding model reads are told at once. */
export function GenaiRetrieval(
  props: FieldExtensionComponentProps<RagRetrievalValue>,
) {
  const { formData = {}, onChange, schema, idSchema, formContext } = props;
  const { formData: form } = (formContext ?? {}) as {
    formData?: { embedding?: { maxTokens?: number } };
  };
  const id = idSchema?.$id ?? 'retrieval';
  const limit = form?.embedding?.maxTokens;
  const tooLong =
    limit !== undefined &&
    formData.chunkTokens !== undefined &&
    formData.chunkTokens > limit;
  const put = (name: keyof RagRetrievalValue, text: string) => {
    const { [name]: _, ...rest } = formData;
    onChange(text === '' ? rest : { ...rest, [name]: Number(text) });
  };
  return (
    <FormControl component="fieldset" fullWidth margin="normal">
      <FormLabel component="legend">{schema.title ?? 'Retrieval'}</FormLabel>
      {INPUTS.map(([name, label, help]) => {
        const wrong = name === 'chunkTokens' && tooLong;
        return (
          <TextField
            key={name}
            fullWidth
            margin="dense"
            variant="outlined"
            type="number"
            id={`${id}-${name}`}
            label={label}
            error={wrong}
            helperText={
              wrong
                ? `The embedding model reads ${limit} tokens: the ends of longer chunks would never be found.`
                : help
            }
            value={formData[name] ?? ''}
            onChange={({ target }) => put(name, target.value)}
          />
        );
      })}
    </FormControl>
  );
}
