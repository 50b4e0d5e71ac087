import { toYaml } from './toYaml';

const text = { type: 'string' };
const json = (schema: object) => ({ 'application/json': { schema } });
const answer = (description: string) => ({
  200: { description, content: json({ type: 'object' }) },
});

/** The part of the OpenAI API that callers begin with, as an OpenAPI document in YAML. @public */
export function openaiApiDefinition(options: {
  title: string;
  description: string;
  /** Base of all routes, e.g. `http://chat.team.svc:8000/v1` */
  endpoint: string;
  /** Name under which the model answers. */
  servedName: string;
  /** What callers can ask for. */
  routes: 'generation' | 'embedding';
}): string {
  const common = {
    model: { ...text, enum: [options.servedName] },
    max_tokens: { type: 'integer', minimum: 1 },
    temperature: { type: 'number', minimum: 0 },
    stream: { type: 'boolean', default: false },
  };
  const message = {
    type: 'object',
    required: ['role', 'content'],
    properties: {
      role: { ...text, enum: ['system', 'user', 'assistant', 'tool'] },
      content: text,
    },
  };
  const post = (operationId: string, summary: string, schema: object) => ({
    post: {
      operationId,
      summary,
      requestBody: { required: true, content: json(schema) },
      responses: answer('The answer, or a stream of events'),
    },
  });
  const generation = () => ({
    '/models': {
      get: {
        operationId: 'listModels',
        summary: 'Models that are served here',
        responses: answer('The models'),
      },
    },
    '/chat/completions': post('chat', 'Answer a conversation', {
      type: 'object',
      required: ['model', 'messages'],
      properties: {
        ...common,
        messages: { type: 'array', minItems: 1, items: message },
      },
    }),
    '/completions': post('complete', 'Continue a text', {
      type: 'object',
      required: ['model', 'prompt'],
      properties: { ...common, prompt: text },
    }),
  });
  const embedding = () => ({
    '/embeddings': post('embed', 'Vectors of texts', {
      type: 'object',
      required: ['model', 'input'],
      properties: {
        model: common.model,
        input: { oneOf: [text, { type: 'array', items: text }] },
        encoding_format: { ...text, enum: ['float', 'base64'] },
      },
    }),
  });
  return toYaml({
    openapi: '3.1.0',
    info: {
      title: options.title,
      version: 'v1',
      description: options.description,
    },
    servers: [{ url: options.endpoint, description: 'Inside the cluster' }],
    paths: {
      ...(options.routes === 'generation' ? generation() : embedding()),
    },
  });
}
