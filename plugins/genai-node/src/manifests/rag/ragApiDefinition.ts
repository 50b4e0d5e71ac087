import { toYaml } from '../toYaml';

const text = { type: 'string' };
const json = (schema: object) => ({ 'application/json': { schema } });

const CITATION = {
  type: 'object',
  properties: {
    number: { type: 'integer', description: 'As in the text: [1]' },
    source: { ...text, description: 'Path or URL of the document' },
    title: text,
    score: { type: 'number', description: 'Cosine similarity, at most 1' },
    text,
  },
};

const ANSWER = {
  type: 'object',
  properties: {
    answer: text,
    citations: { type: 'array', items: CITATION },
    session_id: { type: ['string', 'null'] },
  },
};

const FAULT = {
  type: 'object',
  properties: {
    error: { type: 'object', properties: { code: text, message: text } },
  },
};

const fault = (description: string) => ({ description, content: json(FAULT) });

/** The query API of the golden path's services, as an OpenAPI document in YAML. @public */
export function ragApiDefinition(options: {
  title: string;
  description: string;
  /** Address without path. */
  endpoint: string;
  /** Name under which OpenAI's route knows the service. */
  servedName: string;
  /** Callers send a key. */
  secured: boolean;
}): string {
  const message = {
    type: 'object',
    required: ['role', 'content'],
    properties: {
      role: { ...text, enum: ['system', 'user', 'assistant'] },
      content: text,
    },
  };
  return toYaml({
    openapi: '3.1.0',
    info: {
      title: options.title,
      version: 'v1',
      description: options.description,
    },
    servers: [{ url: options.endpoint, description: 'Inside the cluster' }],
    ...(options.secured
      ? {
          security: [{ key: [] }],
          components: {
            securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
          },
        }
      : {}),
    paths: {
      '/v1/query': {
        post: {
          operationId: 'query',
          summary: 'Answer a question from the documents',
          requestBody: {
            required: true,
            content: json({
              type: 'object',
              required: ['question'],
              properties: {
                question: { ...text, minLength: 1 },
                session_id: { ...text, pattern: '^[A-Za-z0-9_-]{8,64}$' },
                new_session: { type: 'boolean', default: false },
                stream: { type: 'boolean', default: false },
              },
            }),
          },
          responses: {
            200: {
              description:
                'The answer with its sources; with stream the events citations, token and done',
              content: {
                ...json(ANSWER),
                'text/event-stream': { schema: text },
              },
            },
            400: fault('A field is wrong'),
            413: fault("The question does not fit into the model's context"),
            503: fault('The store, the embeddings or the model are away'),
          },
        },
      },
      '/v1/sessions/{id}': {
        delete: {
          operationId: 'forget',
          summary: 'Delete the questions and answers of a session',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: text },
          ],
          responses: { 204: { description: 'Deleted' } },
        },
      },
      '/v1/chat/completions': {
        post: {
          operationId: 'chat',
          summary: "The same by OpenAI's API",
          requestBody: {
            required: true,
            content: json({
              type: 'object',
              required: ['model', 'messages'],
              properties: {
                model: { ...text, enum: [options.servedName] },
                messages: { type: 'array', minItems: 1, items: message },
                stream: { type: 'boolean', default: false },
              },
            }),
          },
          responses: {
            200: {
              description: 'The answer, or a stream of events',
              content: json({ type: 'object' }),
            },
          },
        },
      },
    },
  });
}
