import { setTimeout as sleep } from 'node:timers/promises';

const API = '/api/v2/tenants/default_tenant/databases/default_database';
const DIMENSION = 384;
const COUNT = 180;
const PATIENCE = 60;

/** Waits until Chroma answers and puts a collection into it, unless it has one. */
export async function seedChroma(url: string): Promise<void> {
  await waitFor(url);
  const listed = await fetch(`${url}${API}/collections`);
  const known = (await listed.json()) as unknown[];
  if (known.length > 0) return;
  const created = await post(`${url}${API}/collections`, {
    name: 'handbook',
    metadata: { embedding_model: 'BAAI/bge-small-en-v1.5' },
    configuration: { hnsw: { space: 'cosine' } },
  });
  const { id } = (await created.json()) as { id: string };
  const numbers = Array.from({ length: COUNT }, (_, index) => index + 1);
  await post(`${url}${API}/collections/${id}/add`, {
    ids: numbers.map(number => `page-${number}`),
    documents: numbers.map(number => `Page ${number} of the handbook`),
    // no random numbers: every demo has the same vectors
    embeddings: numbers.map(number =>
      Array.from({ length: DIMENSION }, (_, axis) =>
        Math.sin(number * 0.7 + axis * 0.13),
      ),
    ),
  });
}

async function waitFor(url: string): Promise<void> {
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    const answer = await fetch(`${url}/api/v2/heartbeat`).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    await sleep(500);
  }
  throw new Error('it does not answer');
}

async function post(url: string, body: object): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${response.status}: ${await response.text()}`);
  }
  return response;
}
