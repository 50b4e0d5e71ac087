import { defineGadgets, Gadgets } from './gadgets';
import { gadget, gadgetDefinition } from './objects';
import {
  array,
  eventually,
  expectCode,
  expectStatus,
  SuiteRef,
  text,
} from './suite';

/** Custom resources, from the definition to its removal. */
export function customResourcesContract(suite: SuiteRef) {
  let gadgets: Gadgets;
  let ns: string;
  beforeAll(async () => {
    gadgets = await defineGadgets(suite());
    ns = await suite().namespace();
  });
  afterAll(() => gadgets?.remove());

  const create = (name: string, spec?: object, extra?: object, query = {}) =>
    suite().admin.post(
      gadgets.path(ns),
      gadget(gadgets.group, name, spec, extra),
      query,
    );

  it('completes a definition and accepts its names', async () => {
    const { admin } = suite();
    const { body } = await admin.get(gadgets.definition);
    expect(body).toMatchObject({
      spec: {
        names: { listKind: 'GadgetList' },
        conversion: { strategy: 'None' },
      },
      status: {
        acceptedNames: { plural: 'gadgets', kind: 'Gadget' },
        storedVersions: ['v1'],
        conditions: expect.arrayContaining([
          expect.objectContaining({
            type: 'NamesAccepted',
            status: 'True',
            reason: 'NoConflicts',
          }),
          expect.objectContaining({
            type: 'Established',
            status: 'True',
            reason: 'InitialNamesAccepted',
          }),
        ]),
      },
    });
  });

  it('serves what it defines to discovery and OpenAPI', async () => {
    const { admin } = suite();
    const { body } = await admin.get(`/apis/${gadgets.group}/v1`);
    expect(array(body.resources).map(resource => text(resource.name))).toEqual([
      'gadgets',
      'gadgets/status',
      'gadgets/scale',
    ]);
    expect(array(body.resources)[0]).toMatchObject({
      kind: 'Gadget',
      singularName: 'gadget',
      shortNames: ['gdt'],
    });
    await eventually(
      () => admin.get('/openapi/v3'),
      answer => answer.body.paths[`apis/${gadgets.group}/v1`] !== undefined,
    );
  });

  it('stores objects with defaults and without unknown fields', async () => {
    const answer = await create('a', {
      size: 'small',
      extra: 1,
      free: { any: { thing: 1 } },
      port: 'http',
    });
    expect(expectCode(answer, 201).headers.warning).toBe(
      '299 - "unknown field \\"spec.extra\\""',
    );
    expect(answer.body.spec).toEqual({
      size: 'small',
      free: { any: { thing: 1 } },
      port: 'http',
      replicas: 1,
    });
    expect(answer.body.metadata.generation).toBe(1);
    expectStatus(
      await create(
        'b',
        { size: 'small', extra: 1 },
        {},
        { fieldValidation: 'Strict' },
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'Gadget in version "v1" cannot be handled as a Gadget: strict decoding error: unknown field "spec.extra"',
      },
    );
  });

  it('names every field that its schema forbids', async () => {
    expectStatus(
      await create('b', { size: 'huge', name: 'ABCDEFG', tags: [1] }),
      {
        code: 422,
        reason: 'Invalid',
        details: {
          name: 'b',
          group: gadgets.group,
          kind: 'Gadget',
          causes: expect.arrayContaining([
            {
              reason: 'FieldValueTooLong',
              message: 'Too long: may not be more than 5 bytes',
              field: 'spec.name',
            },
            {
              reason: 'FieldValueNotSupported',
              message:
                'Unsupported value: "huge": supported values: "small", "large"',
              field: 'spec.size',
            },
            {
              reason: 'FieldValueTypeInvalid',
              message:
                'Invalid value: "integer": spec.tags[0] in body must be of type string: "integer"',
              field: 'spec.tags[0]',
            },
          ]),
        },
      },
    );
    expectStatus(await create('b', { name: 'AB', size: 'small' }), {
      code: 422,
      reason: 'Invalid',
      details: {
        causes: [
          {
            reason: 'FieldValueInvalid',
            message:
              'Invalid value: "AB": spec.name in body should match \'^[a-z]+$\'',
            field: 'spec.name',
          },
        ],
      },
    });
    expectStatus(await create('b', { replicas: -1 }), {
      code: 422,
      reason: 'Invalid',
      details: {
        causes: expect.arrayContaining([
          {
            reason: 'FieldValueInvalid',
            message:
              'Invalid value: -1: spec.replicas in body should be greater than or equal to 0',
            field: 'spec.replicas',
          },
          {
            reason: 'FieldValueRequired',
            message: 'Required value',
            field: 'spec.size',
          },
        ]),
      },
    });
    const typed = await create('b', { size: 'small', replicas: 'x' });
    expectStatus(typed, {
      code: 422,
      reason: 'Invalid',
      details: {
        causes: expect.arrayContaining([
          {
            reason: 'FieldValueTypeInvalid',
            message:
              'Invalid value: "string": spec.replicas in body must be of type integer: "string"',
            field: 'spec.replicas',
          },
        ]),
      },
    });
  });

  it('keeps spec and status apart', async () => {
    const { admin } = suite();
    const made = await create(
      's',
      { size: 'small' },
      { status: { phase: 'Mine' } },
    );
    expect(made.body.status).toBeUndefined();
    const path = gadgets.path(ns, 's');
    const status = await admin.patch(`${path}/status`, 'merge', {
      status: { phase: 'Ready', replicas: 2 },
      spec: { size: 'large' },
    });
    expect(expectCode(status, 200).body).toMatchObject({
      metadata: { generation: 1 },
      spec: { size: 'small' },
      status: { phase: 'Ready', replicas: 2 },
    });
    const spec = await admin.patch(path, 'merge', {
      status: { phase: 'No' },
      spec: { size: 'large' },
    });
    expect(expectCode(spec, 200).body).toMatchObject({
      metadata: { generation: 2 },
      spec: { size: 'large' },
      status: { phase: 'Ready', replicas: 2 },
    });
  });

  it('scales along the paths of the definition', async () => {
    const { admin } = suite();
    await create('n');
    const path = gadgets.path(ns, 'n', 'scale');
    expect(expectCode(await admin.get(path), 200).body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 1 },
      status: { replicas: 0 },
    });
    const scaled = await admin.patch(path, 'merge', { spec: { replicas: 4 } });
    expect(expectCode(scaled, 200).body.spec).toEqual({ replicas: 4 });
    expect((await admin.get(gadgets.path(ns, 'n'))).body.spec.replicas).toBe(4);
  });

  it('asks for a version to replace and knows no strategic patch', async () => {
    const { admin } = suite();
    await create('v');
    expectStatus(
      await admin.put(
        gadgets.path(ns, 'v'),
        gadget(gadgets.group, 'v', { size: 'large' }),
      ),
      {
        code: 422,
        reason: 'Invalid',
        details: { causes: [{ field: 'metadata.resourceVersion' }] },
      },
    );
    expectStatus(
      await admin.patch(gadgets.path(ns, 'v'), 'strategic', {
        spec: { size: 'large' },
      }),
      {
        code: 415,
        reason: 'UnsupportedMediaType',
        message:
          /^the body of the request was in an unknown format - accepted media types include: /,
      },
    );
  });

  it('is applied server-side like any other object', async () => {
    const { admin } = suite();
    const apply = (fieldManager: string, size: string) =>
      admin.patch(
        gadgets.path(ns, 'p'),
        'apply',
        gadget(gadgets.group, 'p', { size }),
        { fieldManager },
      );
    const made = expectCode(await apply('alice', 'small'), 201).body;
    expect(made.metadata.managedFields).toMatchObject([
      {
        manager: 'alice',
        operation: 'Apply',
        fieldsV1: { 'f:spec': { 'f:size': {} } },
      },
    ]);
    expectStatus(await apply('bob', 'large'), {
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "alice": .spec.size',
    });
  });

  it('is watched and printed', async () => {
    const { admin } = suite();
    const version = text(
      (await admin.get(gadgets.path(ns))).body.metadata.resourceVersion,
    );
    const events = await admin.watch(gadgets.path(ns), {
      resourceVersion: version,
    });
    await create('w', { size: 'large' });
    expect(await events.next()).toMatchObject({
      type: 'ADDED',
      object: { kind: 'Gadget', spec: { size: 'large' } },
    });
    events.close();
    const table = await admin.call('GET', gadgets.path(ns, 'w'), {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    expect(
      array(table.body.columnDefinitions).map(column => column.name),
    ).toEqual(['Name', 'Size', 'Replicas']);
    expect(array(table.body.rows)[0].cells).toEqual(['w', 'large', 1]);
  });

  it('refuses definitions that make no sense', async () => {
    const { admin } = suite();
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const good = gadgetDefinition('bad.example.com');
    expectStatus(
      await admin.post(path, {
        ...good,
        metadata: { name: 'x.bad.example.com' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        details: {
          causes: [
            {
              field: 'metadata.name',
              message:
                'Invalid value: "x.bad.example.com": must be spec.names.plural+"."+spec.group',
            },
          ],
        },
      },
    );
    const [version] = good.spec.versions;
    const bare = { ...version, schema: undefined };
    expectStatus(
      await admin.post(path, {
        ...good,
        spec: { ...good.spec, versions: [bare] },
      }),
      {
        code: 422,
        reason: 'Invalid',
        details: {
          causes: [
            {
              reason: 'FieldValueRequired',
              field: 'spec.versions[0].schema.openAPIV3Schema',
            },
          ],
        },
      },
    );
  });

  it('disappears with its objects when the definition is deleted', async () => {
    const { admin } = suite();
    const brief = await defineGadgets(suite());
    expectCode(await admin.post(brief.path(ns), gadget(brief.group, 'a')), 201);
    expectCode(await admin.delete(brief.definition), 200);
    await eventually(
      () => admin.get(brief.definition),
      answer => answer.status === 404,
    );
    await eventually(
      () => admin.get(brief.path(ns)),
      answer => answer.status === 404,
    );
    await eventually(
      () => admin.get('/apis'),
      answer =>
        !array(answer.body.groups).some(
          group => text(group.name) === brief.group,
        ),
    );
    // Defined again, it starts empty.
    expectCode(
      await admin.post(
        '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
        gadgetDefinition(brief.group),
      ),
      201,
    );
    const list = await eventually(
      () => admin.get(brief.path(ns)),
      answer => answer.status === 200,
    );
    expect(array(list.body.items)).toEqual([]);
    await brief.remove();
  });
}
