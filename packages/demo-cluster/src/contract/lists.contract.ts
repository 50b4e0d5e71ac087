import { configMap, pod } from './objects';
import {
  apps,
  core,
  expectCode,
  expectStatus,
  inGroup,
  items,
  names,
  SuiteRef,
  text,
} from './suite';

/** Lists: pages, selectors and versions. */
export function listsContract(suite: SuiteRef) {
  /** A namespace with ConfigMaps of these labels, all marked `probe`. */
  async function filled(labels: Record<string, Record<string, string>>) {
    const { admin, namespace } = suite();
    const ns = await namespace();
    for (const [name, own] of Object.entries(labels)) {
      const metadata = { labels: { probe: 'yes', ...own } };
      expectCode(
        await admin.post(core(ns, 'configmaps'), configMap(name, {}, metadata)),
        201,
      );
    }
    return ns;
  }

  it('lists with its own version and without the kind of each item', async () => {
    const { admin } = suite();
    const ns = await filled({ a: {} });
    const answer = expectCode(await admin.get(core(ns, 'configmaps')), 200);
    expect(answer.body).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
      metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
    });
    const own = items(answer).find(item => text(item.metadata.name) === 'a');
    expect(own?.kind).toBeUndefined();
    expect(Number(answer.body.metadata.resourceVersion)).toBeGreaterThanOrEqual(
      Number(own?.metadata.resourceVersion),
    );
  });

  it('lists across namespaces in the order of namespace and name', async () => {
    const { admin } = suite();
    const first = await filled({ b: { run: 'across' }, a: { run: 'across' } });
    const second = await filled({ c: { run: 'across' } });
    const answer = await admin.get('/api/v1/configmaps', {
      labelSelector: 'run=across',
    });
    const found = items(answer).map(
      item => `${item.metadata.namespace}/${item.metadata.name}`,
    );
    expect(found).toEqual([`${first}/a`, `${first}/b`, `${second}/c`].sort());
  });

  it('pages through one snapshot', async () => {
    const { admin } = suite();
    const ns = await filled({ a: {}, b: {}, c: {}, d: {}, e: {} });
    const path = core(ns, 'configmaps');
    const before = (await admin.get(path)).body.metadata.resourceVersion;
    const all = names(await admin.get(path));
    const first = await admin.get(path, { limit: 2 });
    expect(first.body.metadata).toMatchObject({
      continue: expect.any(String),
      remainingItemCount: all.length - 2,
    });
    // Born and gone after the first page: neither may show in the later ones.
    await admin.post(path, configMap('aaaa'));
    await admin.post(path, configMap('zzzz'));
    await admin.delete(core(ns, 'configmaps', 'e'));
    const found = [...names(first)];
    let token = text(first.body.metadata.continue);
    let pages = 1;
    while (token) {
      const page = expectCode(
        await admin.get(path, { limit: 2, continue: token }),
        200,
      );
      expect(Number(page.body.metadata.resourceVersion)).toBe(
        Number(first.body.metadata.resourceVersion),
      );
      found.push(...names(page));
      token = text(page.body.metadata.continue ?? '');
      pages += 1;
    }
    expect(found).toEqual(all);
    expect(pages).toBe(Math.ceil(all.length / 2));
    expect(Number(first.body.metadata.resourceVersion)).toBeGreaterThanOrEqual(
      Number(before),
    );
  });

  it('leaves the remaining count out when a selector is given', async () => {
    const { admin } = suite();
    const ns = await filled({ a: {}, b: {}, c: {} });
    const page = await admin.get(core(ns, 'configmaps'), {
      limit: 1,
      labelSelector: 'probe=yes',
    });
    expect(page.body.metadata.continue).toEqual(expect.any(String));
    expect(page.body.metadata.remainingItemCount).toBeUndefined();
  });

  it('selects by label', async () => {
    const { admin } = suite();
    const ns = await filled({
      a: { tier: 'web', size: 's' },
      b: { tier: 'db', size: 'm' },
      c: { tier: 'web', size: 'l' },
      d: {},
    });
    const select = async (labelSelector: string) =>
      names(
        await admin.get(core(ns, 'configmaps'), {
          labelSelector: `probe,${labelSelector}`,
        }),
      );
    expect(await select('tier=web')).toEqual(['a', 'c']);
    expect(await select('tier==db')).toEqual(['b']);
    expect(await select('tier!=web')).toEqual(['b', 'd']);
    expect(await select('tier in (web, db),size notin (l)')).toEqual([
      'a',
      'b',
    ]);
    expect(await select('size notin (s,m)')).toEqual(['c', 'd']);
    expect(await select('tier')).toEqual(['a', 'b', 'c']);
    expect(await select('!tier')).toEqual(['d']);
    expectStatus(
      await admin.get(core(ns, 'configmaps'), { labelSelector: 'a b c' }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
      },
    );
    for (const [labelSelector, message] of [
      ['a=b=c', "found '=', expected: ',' or 'end of string'"],
      ['a,', "found '', expected: identifier after ','"],
      ['=a', "found '=', expected: !, identifier, or 'end of string'"],
      ['a in b', "unable to parse requirement: found 'b' expected: '('"],
      [
        'a=$',
        /^unable to parse requirement: values\[0\]\[a\]: Invalid value: "\$": a valid label must be/,
      ],
      [
        'a/b/c=d',
        /^unable to parse requirement: <nil>: Invalid value: "a\/b\/c": /,
      ],
      [
        'a>b',
        "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer",
      ],
    ] as const) {
      expectStatus(await admin.get(core(ns, 'configmaps'), { labelSelector }), {
        code: 400,
        reason: 'BadRequest',
        message,
      });
    }
  });

  it('selects by field', async () => {
    const { admin } = suite();
    const ns = await filled({ a: {}, b: {} });
    const path = core(ns, 'configmaps');
    expect(
      names(await admin.get(path, { fieldSelector: 'metadata.name=a' })),
    ).toEqual(['a']);
    expect(
      names(
        await admin.get('/api/v1/configmaps', {
          fieldSelector: `metadata.namespace=${ns},metadata.name!=a`,
          labelSelector: 'probe',
        }),
      ),
    ).toEqual(['b']);
    for (const name of ['p', 'q'])
      expectCode(await admin.post(core(ns, 'pods'), pod(name)), 201);
    const pods = async (fieldSelector: string) =>
      names(await admin.get(core(ns, 'pods'), { fieldSelector }));
    expect(await pods('status.phase=Pending')).toEqual(['p', 'q']);
    expect(await pods('status.phase!=Pending')).toEqual([]);
    expect(await pods('spec.nodeName=,metadata.name=q')).toEqual(['q']);
    expectStatus(
      await admin.get(core(ns, 'pods'), { fieldSelector: 'spec.nope=1' }),
      {
        code: 400,
        reason: 'BadRequest',
        message: 'field label not supported: spec.nope',
      },
    );
    for (const [refused, message] of [
      [
        apps(ns, 'replicasets'),
        '"spec.nope" is not a known field selector: only "metadata.name", "metadata.namespace"',
      ],
      [
        inGroup('batch/v1', ns, 'jobs'),
        'field label "spec.nope" not supported for Job',
      ],
    ]) {
      expectStatus(await admin.get(refused, { fieldSelector: 'spec.nope=1' }), {
        code: 400,
        reason: 'BadRequest',
        message,
      });
    }
  });

  it('selects events by the object they are about', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    for (const about of ['x', 'y']) {
      const answer = await admin.post(core(ns, 'events'), {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name: `about-${about}` },
        involvedObject: {
          kind: 'Pod',
          namespace: ns,
          name: about,
          apiVersion: 'v1',
        },
        reason: 'Seen',
        message: about,
        type: 'Normal',
      });
      expectCode(answer, 201);
    }
    const found = await admin.get(core(ns, 'events'), {
      fieldSelector: 'involvedObject.kind=Pod,involvedObject.name=y',
    });
    expect(names(found)).toEqual(['about-y']);
  });

  it('refuses versions and tokens that cannot be', async () => {
    const { admin } = suite();
    const path = core('default', 'configmaps');
    expectStatus(await admin.get(path, { limit: 1, continue: 'abc' }), {
      code: 400,
      reason: 'BadRequest',
      message: /^invalid continue token: continue key is not valid/,
    });
    expectStatus(await admin.get(path, { limit: 'a' }), {
      code: 400,
      reason: 'BadRequest',
      message: 'strconv.ParseInt: parsing "a": invalid syntax',
    });
    expectStatus(await admin.get(path, { resourceVersion: 'abc' }), {
      code: 400,
      reason: 'BadRequest',
      message: /^invalid resource version/,
    });
    expectStatus(await admin.get(path, { resourceVersionMatch: 'Exact' }), {
      code: 422,
      reason: 'Invalid',
      details: {
        causes: [
          { reason: 'FieldValueForbidden', field: 'resourceVersionMatch' },
        ],
      },
    });
    expectStatus(
      await admin.get(path, {
        resourceVersion: '99999999',
        resourceVersionMatch: 'Exact',
      }),
      {
        code: 504,
        reason: 'Timeout',
        message:
          /^Timeout: Too large resource version: 99999999, current: \d+$/,
      },
    );
  });
}
