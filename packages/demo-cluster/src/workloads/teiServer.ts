import { createRandom, hashText } from '../seed/random';
import { Clock } from '../sim/Clock';
import { Container, Pod } from '../sim/kubeTypes';
import { PodRequest, PodServer } from '../proxy/PodServers';
import { EXPOSITION_TYPE, exposition } from './exposition';
import { jsonBody, sendJson, sendText } from './httpAnswers';
import { loadOf, workSeconds } from './loadCurve';
import { modelOf } from './modelFacts';

/** Dimensions of embedding models by part of their name. */
const DIMENSIONS: ReadonlyArray<[part: string, dimension: number]> = [
  ['MiniLM', 384],
  ['small', 384],
  ['base', 768],
  ['nomic', 768],
];
const DEFAULT_DIMENSION = 1024;
const REQUESTS_PER_SECOND = 22;

/**
 * A vector of length 1 that only depends on the text: equal texts are equal, and texts that share words lean towards each
 * other. It stands for an embedding and knows no meaning.
 */
export function pseudoEmbedding(text: string, dimension: number): number[] {
  const vector = new Array<number>(dimension).fill(0);
  for (const word of text.toLowerCase().split(/\W+/).filter(Boolean)) {
    const random = createRandom(hashText(word));
    for (let index = 0; index < dimension; index++) {
      vector[index] += random.next() - 0.5;
    }
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map(value => value / length);
}

const textsOf = (input: unknown): string[] | undefined => {
  const list = Array.isArray(input) ? input : [input];
  return list.every(item => typeof item === 'string')
    ? (list as string[])
    : undefined;
};

const metrics = (pod: Pod, now: number): string => {
  const count = Math.floor(workSeconds(pod, now) * REQUESTS_PER_SECOND);
  const plain = (value: number) => [{ labels: {}, value: String(value) }];
  return exposition([
    {
      name: 'te_request_count',
      help: 'Number of requests.',
      type: 'counter',
      samples: [{ labels: { method: 'batch' }, value: String(count) }],
    },
    {
      name: 'te_request_success',
      help: 'Number of requests that succeeded.',
      type: 'counter',
      samples: [{ labels: { method: 'batch' }, value: String(count) }],
    },
    {
      name: 'te_queue_size',
      help: 'Number of requests that wait.',
      type: 'gauge',
      samples: plain(Math.round(loadOf(pod, now).ratio * 6)),
    },
  ]);
};

/** Plays Text Embeddings Inference: health, info, embeddings in both forms, metrics. */
export function createTeiServer(clock: Clock): {
  forContainer(container: Container): PodServer;
} {
  const answer = (request: PodRequest, container: Container) => {
    const pod = request.pod as unknown as Pod;
    const model = modelOf(pod, container) ?? 'model';
    const dimension =
      DIMENSIONS.find(([part]) => model.includes(part))?.[1] ??
      DEFAULT_DIMENSION;
    const body = jsonBody(request);
    const texts = textsOf(body?.inputs ?? body?.input);
    return { pod, model, dimension, texts };
  };
  return {
    forContainer: container => ({
      handle(request, response) {
        const { pod, model, dimension, texts } = answer(request, container);
        switch (`${request.method} ${request.path}`) {
          case 'GET /health':
            response.writeHead(200);
            response.end();
            return;
          case 'GET /info':
            sendJson(response, 200, {
              model_id: model,
              model_dtype: 'float16',
              model_type: { embedding: { pooling: 'cls' } },
              max_input_length: 8192,
              version: '1.9.3',
            });
            return;
          case 'GET /metrics':
            sendText(response, 200, EXPOSITION_TYPE, metrics(pod, clock.now()));
            return;
          case 'POST /embed':
          case 'POST /v1/embeddings': {
            if (!texts) {
              sendJson(response, 422, {
                error: 'inputs: expected a string or a list of strings',
                error_type: 'Validation',
              });
              return;
            }
            const vectors = texts.map(text => pseudoEmbedding(text, dimension));
            const tokens = texts.join(' ').split(/\s+/).length;
            sendJson(
              response,
              200,
              request.path === '/embed'
                ? vectors
                : {
                    object: 'list',
                    model,
                    data: vectors.map((embedding, index) => ({
                      object: 'embedding',
                      index,
                      embedding,
                    })),
                    usage: { prompt_tokens: tokens, total_tokens: tokens },
                  },
            );
            return;
          }
          default:
            sendJson(response, 404, { error: 'Not Found' });
        }
      },
    }),
  };
}
