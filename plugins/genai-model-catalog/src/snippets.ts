import type { ModelServer } from '@promptside/backstage-plugin-genai-common';

/** Languages of {@link snippetsOf}. */
export type SnippetLanguage = 'curl' | 'python' | 'typescript';

/** Stands where nobody told under which name the server serves its model; `GET /v1/models` tells. */
const UNKNOWN_MODEL = 'MODEL_NAME';

/** One word of a POSIX shell, whatever is in it. */
const shellWord = (text: string) => `'${text.replace(/'/g, `'\\''`)}'`;

/**
 * Calls of the endpoint to copy, with the model's served name. Keys are read from the environment and never stand in them.
 * Absent without an endpoint, or when it does not speak OpenAI's protocol.
 */
export function snippetsOf(
  server: Pick<ModelServer, 'endpoint' | 'model' | 'runtime'>,
): Record<SnippetLanguage, string> | undefined {
  const { endpoint, model, runtime } = server;
  if (endpoint?.protocol !== 'openai') return undefined;
  const url = endpoint.url.replace(/\/+$/, '');
  const name = model?.servedName ?? model?.id ?? UNKNOWN_MODEL;
  return runtime === 'tei' ? embedding(url, name) : chat(url, name);
}

function chat(url: string, model: string): Record<SnippetLanguage, string> {
  const body = { model, messages: [{ role: 'user', content: 'Say hello.' }] };
  return {
    curl: curl(`${url}/chat/completions`, body),
    python: `${pythonClient(url)}
answer = client.chat.completions.create(
    model=${JSON.stringify(model)},
    messages=[{"role": "user", "content": "Say hello."}],
)
print(answer.choices[0].message.content)
`,
    typescript: `${typescriptClient(url)}
const answer = await client.chat.completions.create({
  model: ${JSON.stringify(model)},
  messages: [{ role: 'user', content: 'Say hello.' }],
});
console.log(answer.choices[0].message.content);
`,
  };
}

function embedding(
  url: string,
  model: string,
): Record<SnippetLanguage, string> {
  return {
    curl: curl(`${url}/embeddings`, { model, input: ['Hello'] }),
    python: `${pythonClient(url)}
answer = client.embeddings.create(model=${JSON.stringify(model)}, input=["Hello"])
print(len(answer.data[0].embedding))
`,
    typescript: `${typescriptClient(url)}
const answer = await client.embeddings.create({
  model: ${JSON.stringify(model)},
  input: ['Hello'],
});
console.log(answer.data[0].embedding.length);
`,
  };
}

function curl(url: string, body: object): string {
  return `curl ${shellWord(url)} \\
  -H "Authorization: Bearer \${OPENAI_API_KEY:-none}" \\
  -H 'Content-Type: application/json' \\
  -d ${shellWord(JSON.stringify(body))}
`;
}

// The client insists on a key, whether or not the server asks for one.
const pythonClient = (url: string) => `import os
from openai import OpenAI

client = OpenAI(
    base_url=${JSON.stringify(url)},
    api_key=os.environ.get("OPENAI_API_KEY", "none"),
)`;

const typescriptClient = (url: string) => `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: ${JSON.stringify(url)},
  apiKey: process.env.OPENAI_API_KEY ?? 'none',
});`;

/** Leads a port of one's own machine to an endpoint inside the cluster; absent for an address of another form. */
export function portForwardOf(url: string): string | undefined {
  const parts =
    /^http:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.[a-z0-9.-]+)?(?::(\d{1,5}))?(?:\/|$)/.exec(
      url,
    );
  if (!parts) return undefined;
  const [, service, namespace, port = '80'] = parts;
  return `kubectl --namespace ${namespace} port-forward service/${service} 8000:${port}`;
}
