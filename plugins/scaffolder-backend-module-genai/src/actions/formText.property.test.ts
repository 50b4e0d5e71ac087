import {
  findModel,
  CURATED_MODELS,
  parseInferenceSpec,
  renderInference,
  renderInferenceEntities,
  stringifyInferenceSpec,
} from '@promptside/backstage-plugin-genai-node';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { CHOICE } from '../__testUtils__/fakeGenai';
import { composeInferenceSpec } from './composeInferenceSpec';

// Ten thousand strings a field. Of those that are accepted, all are written to inference.yaml and read back; the manifests
// and entities, which take most of the time, are rendered and read for the first fifty of each field.
jest.setTimeout(300_000);

const RUNS = 10_000;
const RENDERED = 50;

const FORM = {
  name: 'chat-llm',
  description: 'Chat',
  owner: 'group:default/team-search',
  model: 'meta-llama/Llama-3.1-8B-Instruct',
  cluster: 'demo',
  namespace: 'team-search',
  tokenSecret: 'hugging-face',
  choice: { ...CHOICE, cluster: undefined },
};

type Field = Exclude<keyof typeof FORM, 'choice'>;

/** What a form with this text leads to: the texts that came back, their shape, or the words of the refusal. */
function attempt(field: Field, text: string, rendered = true) {
  const values = { ...FORM, [field]: text };
  // A plan of the same model: that another one is refused has its own test.
  const choice = { ...values.choice, model: values.model, engine: 'vllm' };
  const form = { ...values, choice };
  const model = findModel(CURATED_MODELS, form.model);
  if (!model) return { refused: `model: "${form.model}" is not known` };
  try {
    const spec = composeInferenceSpec(form, model);
    const kept = parseInferenceSpec(stringifyInferenceSpec(spec));
    const same = JSON.stringify(kept) === JSON.stringify(spec);
    if (!rendered) return { same };
    const [file, ...manifests] = renderInference(spec, model);
    const entities = renderInferenceEntities(spec, model);
    const documents = [
      ...manifests.map(({ content }) => content),
      entities,
    ].map(content => parseAllDocuments(content).map(d => d.toJS()));
    const back = parseInferenceSpec(file.content);
    const [component, api] = documents[documents.length - 1];
    return {
      same,
      found: {
        name: [back.metadata.name, component.metadata.name],
        description: [
          back.metadata.description,
          component.metadata.description,
          parse(api.spec.definition).info.description,
        ],
        owner: [back.metadata.owner, component.spec.owner],
        model: [back.spec.model.id],
        cluster: [back.spec.target.cluster],
        namespace: [back.spec.target.namespace],
        tokenSecret: [back.spec.model.tokenSecret?.name],
      }[field],
      shape: JSON.stringify([back, documents], (key, value) =>
        typeof value === 'string' && key !== 'kind' ? '' : value,
      ),
    };
  } catch (error) {
    return { refused: String(error) };
  }
}

const NASTY = [
  'yes',
  'null',
  '~',
  '1e3',
  '0x1f',
  '1:20',
  '---\nkind: Secret',
  'a\n...\n---\nb: c',
  'x"\nowner: "evil',
  "x'\n  y: z",
  '*a',
  '&a b',
  '!!binary aa',
  '${{ secrets.x }}',
  '{{ .Values.x }}',
  '{% raw %}',
  '\u0000',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\t',
  ' x ',
  '# x',
  'a: b',
  '- a',
  '__proto__',
  '../../etc',
  'a\r\nb',
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 80 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 2, arbitrary: fc.stringMatching(/^[-a-z0-9._:/@ ]{1,60}$/) },
  { weight: 2, arbitrary: fc.constantFrom(...NASTY) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...NASTY), fc.string({ maxLength: 20 }))
      .map(parts => parts.join('')),
  },
);

describe('text of the form', () => {
  it.each<[Field, string]>([
    ['name', 'no'],
    ['description', 'x"\nowner: "evil'],
    ['owner', 'group:default/null'],
    ['model', 'Qwen/Qwen3-8B'],
    ['cluster', 'arn:aws:eks:eu-west-1:1/x'],
    ['namespace', 'null'],
    ['tokenSecret', 'true'],
  ])('%s may be %j', (field, value) => {
    const { found } = attempt(field, value);
    expect(new Set(found)).toEqual(new Set([value]));
  });

  it.each(Object.keys(FORM).filter(key => key !== 'choice') as Field[])(
    '%s comes back as it was, or is refused by its name, and never becomes anything else',
    field => {
      const baseline = attempt(field, FORM[field]);
      let accepted = 0;
      // An empty text is a field that was left out.
      const given = text.filter(value => value !== '');
      const check = () =>
        fc.assert(
          fc.property(given, value => {
            const { refused, same, found, shape } = attempt(
              field,
              value,
              accepted < RENDERED,
            );
            if (refused !== undefined) return refused.includes(field);
            accepted += 1;
            return (
              same === true &&
              (found ?? []).every(back => back === value) &&
              (shape ?? baseline.shape) === baseline.shape
            );
          }),
          { numRuns: RUNS },
        );
      expect(check).not.toThrow();
    },
  );
});
