import { buildVectorStoreObjects, type KubernetesObjectLike } from '../src';
import { STORE_SPECS } from '../src/manifests/__testUtils__/storeSpecs';
import { postObject } from './postObject';

jest.setTimeout(60_000);

const NAMESPACE = `vector-stores-${Date.now().toString(36)}`;
const ACCEPTED = { status: 201, message: '', warnings: [] };

const OBJECTS = Object.entries(STORE_SPECS).flatMap(([name, spec]) =>
  buildVectorStoreObjects(spec).map(object => {
    const metadata = { ...object.metadata, namespace: NAMESPACE };
    return [name, object.kind, { ...object, metadata }] as const;
  }),
);

type WithTemplate = KubernetesObjectLike & {
  spec: {
    template: {
      metadata: object;
      spec: { containers: { volumeMounts?: object[] }[] };
    };
  };
};

describe('vector stores on a real API server', () => {
  beforeAll(async () => {
    await postObject(
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: NAMESPACE,
          labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
        },
      },
      { dryRun: false },
    );
  });

  it.each(OBJECTS)(
    '%s has a %s that passes the strict dry run',
    async (_, __, object) => {
      expect(await postObject(object, { dryRun: true })).toEqual(ACCEPTED);
    },
  );

  it('runs Chroma in a pod that the restricted Pod Security standard admits', async () => {
    const [, , statefulSet] = OBJECTS.find(
      ([, kind]) => kind === 'StatefulSet',
    )!;
    const { template } = (statefulSet as WithTemplate).spec;
    // the claim is made by the controller; Pod Security does not look at it
    const containers = template.spec.containers.map(
      ({ volumeMounts: _, ...container }) => container,
    );
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'chroma-0', namespace: NAMESPACE },
      spec: { ...template.spec, serviceAccountName: 'default', containers },
    };
    const answer = await untilAccountExists(() =>
      postObject(pod, { dryRun: true }),
    );
    expect(answer).toEqual(ACCEPTED);
  });

  it('is held against a server that does refuse', async () => {
    const [, , cluster] = OBJECTS.find(([, kind]) => kind === 'Cluster')!;
    const misspelt = { ...cluster, spec: { instances: 1, storge: {} } };
    expect(await postObject(misspelt, { dryRun: true })).toMatchObject({
      status: 400,
      message: expect.stringContaining('storge'),
    });
  });
});

/** A new namespace gets its default account some seconds later. */
async function untilAccountExists(
  ask: () => ReturnType<typeof postObject>,
): ReturnType<typeof postObject> {
  for (;;) {
    const answer = await ask();
    if (!/serviceaccount "default" not found/.test(answer.message)) {
      return answer;
    }
    await new Promise(resolve => {
      setTimeout(resolve, 200);
    });
  }
}
