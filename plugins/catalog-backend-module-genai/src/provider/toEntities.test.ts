import {
  componentEntityV1alpha1Validator,
  EntityPolicies,
  entitySchemaValidator,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  parseLocationRef,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { ModelServer } from '@promptside/backstage-plugin-genai-common';
import { discoveredEntityRef } from '@promptside/backstage-plugin-genai-node';
import { server } from '../__testUtils__/servers';
import { toEntities } from './toEntities';

const defaults = {
  defaultOwner: 'group:default/platform',
  lifecycle: 'production',
};

/** The checks that the catalog makes before it takes an entity. */
const policies = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);
const validateEntity = entitySchemaValidator();

async function expectValid(entity: Entity) {
  validateEntity(entity);
  await policies.enforce(entity);
  const ofKind =
    entity.kind === 'Component'
      ? componentEntityV1alpha1Validator
      : resourceEntityV1alpha1Validator;
  expect(await ofKind.check(entity)).toBe(true);
  const { annotations } = entity.metadata;
  for (const key of ['location', 'origin-location']) {
    const text = annotations?.[`backstage.io/managed-by-${key}`] ?? '';
    expect(parseLocationRef(text).type).toBe('genai');
  }
}

const refsOf = (...servers: ModelServer[]) =>
  servers.flatMap(one => toEntities(one, defaults)).map(stringifyEntityRef);

describe('toEntities', () => {
  it('makes a Component that its pages find on the cluster, and a Resource of its model', async () => {
    const entities = toEntities(
      server('chat', {
        owner: 'group:default/search',
        model: { id: 'acme/Chat-7B', revision: 'a'.repeat(40) },
      }),
      defaults,
    );
    expect(entities).toEqual([
      expect.objectContaining({
        kind: 'Component',
        metadata: expect.objectContaining({
          title: 'chat',
          annotations: {
            'backstage.io/managed-by-location':
              'genai:west/team-a/deployment/chat',
            'backstage.io/managed-by-origin-location':
              'genai:west/team-a/deployment/chat',
            'backstage.io/kubernetes-cluster': 'west',
            'backstage.io/kubernetes-namespace': 'team-a',
            'promptside.io/cluster': 'west',
            'promptside.io/namespace': 'team-a',
            'promptside.io/model-server': 'chat',
            'promptside.io/model': 'acme/Chat-7B',
            'promptside.io/model-revision': 'a'.repeat(40),
          },
        }),
        spec: {
          type: 'model-server',
          lifecycle: 'production',
          owner: 'group:default/search',
          dependsOn: [stringifyEntityRef(entities[1])],
        },
      }),
      expect.objectContaining({
        kind: 'Resource',
        metadata: expect.objectContaining({
          title: 'acme/Chat-7B',
          links: [
            { url: 'https://huggingface.co/acme/Chat-7B', title: 'Model card' },
          ],
        }),
        spec: { type: 'ai-model', owner: 'group:default/platform' },
      }),
    ]);
    await Promise.all(entities.map(expectValid));
  });

  it('makes no Resource when the model is not known', async () => {
    const [component, ...others] = toEntities(
      server('chat', { model: { servedName: 'chat' } }),
      defaults,
    );
    expect(others).toEqual([]);
    expect(component.spec).not.toHaveProperty('dependsOn');
    expect(component.spec.owner).toBe('group:default/platform');
    await expectValid(component);
  });

  it('has the name by which genai-backend answers for the server', () => {
    for (const kind of ['Deployment', 'StatefulSet', 'InferenceService']) {
      const one = server('Chat.v2', { kind });
      expect(refsOf(one)[0]).toBe(discoveredEntityRef(one));
    }
  });

  it('keeps names apart that differ only in where, in what or in a sign', () => {
    const noModel = { model: undefined };
    const refs = [
      ...refsOf(server('chat', noModel)),
      ...refsOf(server('chat', { ...noModel, cluster: 'east' })),
      ...refsOf(server('chat', { ...noModel, namespace: 'team-b' })),
      ...refsOf(server('chat', { ...noModel, kind: 'StatefulSet' })),
      ...refsOf(server('chat-', noModel)),
      ...refsOf(server('x', { model: { id: 'acme/chat' } })).slice(1),
      ...refsOf(server('x', { model: { id: 'acme-chat' } })).slice(1),
      ...refsOf(server('x', { model: { id: 'acme/Chat' } })).slice(1),
    ];
    expect(new Set(refs).size).toBe(8);
  });

  it('gives the same model of two servers one and the same Resource', () => {
    const model = { id: 'acme/chat' };
    const [, first] = toEntities(server('a', { model }), defaults);
    const [, second] = toEntities(
      server('b', { model, cluster: 'east', owner: 'group:default/search' }),
      defaults,
    );
    expect(second).toEqual(first);
  });

  it("gives a server that speaks OpenAI's API an API, which its Component provides", () => {
    const endpoint = {
      url: 'http://chat.team-a.svc:8000/v1',
      protocol: 'openai',
    } as const;
    const [component, , api] = toEntities(
      server('chat', { endpoint, owner: 'group:default/search' }),
      defaults,
    );
    expect(component.spec).toMatchObject({
      providesApis: [`api:default/${component.metadata.name}`],
      dependsOn: [expect.stringMatching(/^resource:default\/acme-chat-/)],
    });
    expect(api).toMatchObject({
      kind: 'API',
      metadata: { name: component.metadata.name, title: 'chat API' },
      spec: {
        type: 'openapi',
        lifecycle: 'production',
        owner: 'group:default/search',
        definition: expect.stringContaining('http://chat.team-a.svc:8000/v1'),
      },
    });
    expect(api.metadata.annotations).toEqual({
      'backstage.io/managed-by-location': 'genai:west/team-a/deployment/chat',
      'backstage.io/managed-by-origin-location':
        'genai:west/team-a/deployment/chat',
    });
  });

  it('gives no API to a server without an address, or with a protocol of its own', () => {
    const kinds = (parts: Partial<ModelServer>) =>
      toEntities(server('chat', parts), defaults).map(({ kind }) => kind);
    expect(kinds({})).toEqual(['Component', 'Resource']);
    expect(
      kinds({ endpoint: { url: 'http://chat:8000', protocol: 'other' } }),
    ).toEqual(['Component', 'Resource']);
  });

  it('says nothing that changes while the server lives', () => {
    const endpoint = { url: 'http://chat:8000', protocol: 'openai' } as const;
    const before = server('chat', { endpoint });
    const after: ModelServer = {
      ...before,
      uid: 'recreated',
      runtimeVersion: '0.12.0',
      state: 'Failed',
      stage: 'PullingImage',
      reason: 'CrashLoopBackOff',
      message: 'It ends at once',
      evidence: [{ kind: 'Pod', name: 'chat-1', message: 'back-off' }],
      replicas: { desired: 5, ready: 0 },
      gpus: [
        {
          vendor: 'nvidia',
          resource: 'nvidia.com/gpu',
          sharing: 'Whole',
          perReplicaCount: 2,
        },
      ],
      createdAt: '2026-02-02T00:00:00Z',
    };
    expect(toEntities(after, defaults)).toEqual(toEntities(before, defaults));
  });

  it('links only to what the hub can have', () => {
    const links = (id: string) =>
      toEntities(server('x', { model: { id } }), defaults)[1].metadata.links;
    expect(links('/mnt/models/chat.gguf')).toBeUndefined();
    expect(links('s3://bucket/chat')).toBeUndefined();
    expect(links('../../login')).toBeUndefined();
    expect(links('acme/chat')).toHaveLength(1);
  });

  it('makes valid entities, no two of one name, from 10,000 hostile names', async () => {
    const random = createRandom(20_260_101);
    const seen = new Map<string, string>();
    for (let index = 0; index < 10_000; index++) {
      const hostile = server(hostileText(random), {
        cluster: hostileText(random),
        namespace: hostileText(random),
        kind: hostileText(random),
        model: { id: hostileText(random), revision: hostileText(random) },
      });
      const identities = [
        JSON.stringify([
          hostile.cluster,
          hostile.namespace,
          hostile.kind,
          hostile.name,
        ]),
        JSON.stringify(hostile.model?.id),
      ];
      for (const [part, entity] of toEntities(hostile, defaults).entries()) {
        await policies.enforce(entity);
        const ref = stringifyEntityRef(entity);
        if ((seen.get(ref) ?? identities[part]) !== identities[part]) {
          throw new Error(`${ref} is ${seen.get(ref)} and ${identities[part]}`);
        }
        seen.set(ref, identities[part]);
        if (index % 100 === 0) await expectValid(entity);
      }
    }
    expect(seen.size).toBeGreaterThan(15_000);
  }, 60_000);
});

/** Numbers from 0 to below 1, the same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SIGNS = [
  ...'abzABZ019-._/:@#?&%$"\'`<>{}[]()|\\ \t\n',
  ...['\u0000', '\u202e', 'é', 'İ', 'ß', '模', '👾', '\ud800'],
  ...['../', '${{', '</script>', '--', '..', 'xn--', 'default/'],
];

/** 1 to 300 characters, short ones more often; never empty, as no object is without a name. */
function hostileText(random: () => number): string {
  const length = 1 + Math.floor(random() ** 4 * 120);
  return Array.from(
    { length },
    () => SIGNS[Math.floor(random() * SIGNS.length)],
  )
    .join('')
    .slice(0, 300);
}
