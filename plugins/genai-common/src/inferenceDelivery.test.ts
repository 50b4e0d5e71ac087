import {
  gitUrlSchema,
  inferenceDeliverySchema,
  inferenceOutputSchema,
} from './inferenceDelivery';

const REPO = 'https://github.com/acme/chat.git';

/** Messages with the field that each is about. */
function problems(
  schema: typeof inferenceDeliverySchema | typeof inferenceOutputSchema,
  value: unknown,
): string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
}

describe('address of a repository', () => {
  it.each([
    REPO,
    'http://localhost:7008/demo/chat',
    'ssh://git@github.com/acme/chat.git',
    'ssh://git.acme.test:2222/~team/chat',
  ])('takes %s', url => {
    expect(gitUrlSchema.parse(url)).toBe(url);
  });

  it.each([
    ['', /must be the address of a Git repository such as/],
    ['git@github.com:acme/chat.git', /ssh:\/\/git@github.com/],
    ['github.com/acme/chat', /must be the address/],
    ['github.com?owner=acme&repo=chat', /must be the address/],
    ['https://github.com', /must be the address/],
    ['https://github.com/acme/chat?ref=x', /must be the address/],
    ['https://github.com/acme/{{ .Values }}', /must be the address/],
    ['https://github.com/acme/chat\n', /must be the address/],
    ['file:///etc', /must be the address/],
    ['https://bot:s3cret@github.com/acme/chat', /must not hold a password/],
    [`https://github.com/${'a'.repeat(300)}`, /at most 300 characters/],
    [3, /must be the address/],
  ])('refuses %j', (url, message) => {
    const { error } = gitUrlSchema.safeParse(url);
    expect(error?.issues[0].message).toMatch(message);
  });
});

describe('output and delivery of a spec', () => {
  it.each([
    { kind: 'None' },
    { kind: 'FluxKustomization', repoUrl: REPO },
    {
      kind: 'FluxHelmRelease',
      repoUrl: REPO,
      branch: 'release/1.0',
      path: 'deploy/chat',
      namespace: 'flux-system',
      serviceAccountName: 'deployer',
      gitSecret: 'git-login',
    },
    {
      kind: 'ArgoApplication',
      repoUrl: REPO,
      project: 'chat',
      destination: 'prod',
    },
  ])('takes %j', delivery => {
    expect(inferenceDeliverySchema.parse(delivery)).toEqual(delivery);
  });

  it.each([
    [
      'Flux',
      [
        'must have a kind: "None", "FluxKustomization", "FluxHelmRelease" or "ArgoApplication"',
      ],
    ],
    [
      {},
      [
        'kind: must be "None", "FluxKustomization", "FluxHelmRelease" or "ArgoApplication"',
      ],
    ],
    [
      { kind: 'Flux' },
      [
        'kind: must be "None", "FluxKustomization", "FluxHelmRelease" or "ArgoApplication"',
      ],
    ],
    [
      { kind: 'FluxKustomization' },
      ['repoUrl: must be the address of a Git repository'],
    ],
    [
      { kind: 'FluxKustomization', repoUrl: REPO, path: '../other' },
      [expect.stringMatching(/^path: must be a folder below the root/)],
    ],
    [
      { kind: 'FluxKustomization', repoUrl: REPO, branch: '--upload-pack=x' },
      ['branch: must be the name of a branch'],
    ],
    [
      { kind: 'FluxHelmRelease', repoUrl: REPO, serviceAccountName: 'A' },
      [expect.stringMatching(/^serviceAccountName: must be lower-case/)],
    ],
    [
      { kind: 'ArgoApplication', repoUrl: REPO, project: 'a'.repeat(64) },
      [expect.stringMatching(/^project: must have at most 63/)],
    ],
    [
      { kind: 'ArgoApplication', repoUrl: REPO, gitSecret: 'x' },
      [expect.stringMatching(/gitSecret/)],
    ],
  ])('refuses %j and names the field', (delivery, messages) => {
    expect(problems(inferenceDeliverySchema, delivery)).toEqual(messages);
  });

  it('refuses another output', () => {
    expect(problems(inferenceOutputSchema, 'helm')).toEqual([
      'must be "Kustomize" or "Helm"',
    ]);
  });
});
