import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { installKueue } from './__testUtils__/installKueue';
import { openNamespace } from './__testUtils__/openNamespace';
import {
  startTemplateBackend,
  type TemplateBackend,
} from './__testUtils__/startTemplateBackend';
import { readTemplate, TEMPLATES } from './__testUtils__/templates';

jest.setTimeout(120_000);

const FOLDER = 'gpu-inference-service';
const { template, directoryContents } = readTemplate(FOLDER);
const GOOD = parse(
  readFileSync(
    path.join(TEMPLATES, FOLDER, 'examples', 'gemma-on-gitea.yaml'),
    'utf8',
  ),
);

/** Runs the path in the namespace of the cases below; what it said, and the manifests it wrote. */
async function send(backend: TemplateBackend, values: object = {}) {
  const { status, body } = await backend.dryRun({
    template,
    values: {
      ...GOOD,
      target: { cluster: 'demo', namespace: 'open-field' },
      ...values,
    },
    directoryContents,
  });
  return {
    status,
    error: body.error?.message as string | undefined,
    log: (body.log ?? [])
      .map((line: { body: { message: string } }) => line.body.message)
      .join('\n') as string,
    manifests: (body.directoryContents ?? [])
      .map(({ base64Content }: { base64Content: string }) =>
        Buffer.from(base64Content, 'base64').toString('utf8'),
      )
      .join('\n') as string,
  };
}

/** Sends until the live state has caught up with the cluster. */
async function until(
  ask: () => ReturnType<typeof send>,
  holds: (answer: Awaited<ReturnType<typeof send>>) => boolean,
) {
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    await sleep(100);
  }
}

const start = async (genai?: object) => {
  const backend = await startTemplateBackend({ genai });
  await openNamespace(backend.cluster, {
    name: 'open-field',
    owner: 'group:default/team-search',
  });
  return backend;
};

describe('the golden path in a namespace without quota', () => {
  let backend: TemplateBackend;
  beforeAll(async () => {
    backend = await start();
  });
  afterAll(() => backend?.stop());

  it('runs, and says that nothing limits it', async () => {
    const { error, log } = await until(
      () => send(backend),
      answer => answer.status === 200,
    );
    expect(error).toBeUndefined();
    expect(log).toMatch(
      /Namespace open-field has no ResourceQuota: nothing limits/,
    );
  });

  it('hands the pods to its LocalQueue, and refuses what that has not left', async () => {
    await installKueue(backend.cluster, {
      namespace: 'open-field',
      gpus: 4,
      used: 3,
    });
    const { manifests } = await until(
      () => send(backend),
      answer => /queue-name/.test(answer.manifests),
    );
    expect(manifests).toMatch(/kueue\.x-k8s\.io\/queue-name: gpus/);
    const { status, error } = await send(backend, { replicas: 2 });
    expect(status).toBe(400);
    expect(error).toMatch(
      /queue: LocalQueue gpus of namespace open-field \(ClusterQueue research\) has a quota of 4 nvidia\.com\/gpu, of which 1 are left/,
    );
  });
});

describe('the golden path where genai.plan.requireQuota is set', () => {
  let backend: TemplateBackend;
  beforeAll(async () => {
    backend = await start({ plan: { requireQuota: true } });
  });
  afterAll(() => backend?.stop());

  it('refuses a namespace without quota, and says what to ask for', async () => {
    const { status, error } = await until(
      () => send(backend),
      answer => !/there is no namespace/.test(answer.error ?? ''),
    );
    expect(status).toBe(400);
    expect(error).toMatch(
      /namespace: Namespace open-field has no ResourceQuota.*Ask the platform team for a ResourceQuota with requests\.nvidia\.com\/gpu/,
    );
  });
});
