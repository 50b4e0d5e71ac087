import { ConfigReader } from '@backstage/core-app-api';
import { configApiRef } from '@backstage/core-plugin-api';
import {
  renderInTestApp,
  TestApiProvider,
} from '@backstage/frontend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { scmIntegrationsApiRef } from '@backstage/integration-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import {
  GenaiRepositoryPicker,
  validateRepository,
} from './GenaiRepositoryPicker';
import { fromRepoUrl, toRepoUrl } from './gitHosts';

const GITEA = {
  host: 'git.example.com:3000',
  baseUrl: 'http://git.example.com:3000',
};

async function renderField(integrations: object, formData: object) {
  const config = new ConfigReader({ integrations });
  const seen: (string | undefined)[] = [];
  function Form() {
    const [value, setValue] = useState<string | undefined>();
    return (
      <GenaiRepositoryPicker
        {...({
          formData: value,
          onChange: (next?: string) => {
            seen.push(next);
            setValue(next);
          },
          required: true,
          idSchema: { $id: 'repoUrl' },
          formContext: { formData },
        } as unknown as FieldExtensionComponentProps<string>)}
      />
    );
  }
  await renderInTestApp(
    <TestApiProvider
      apis={[
        [configApiRef, config],
        [scmIntegrationsApiRef, ScmIntegrations.fromConfig(config)],
      ]}
    >
      <Form />
    </TestApiProvider>,
  );
  return { last: () => seen.at(-1) };
}

const SERVICE = { name: 'chat-llm', owner: 'group:default/team-search' };

describe('GenaiRepositoryPicker', () => {
  it('starts with the configured host, the owning team and the name of the service', async () => {
    const field = await renderField({ gitea: [GITEA] }, SERVICE);
    expect(field.last()).toBe(
      'git.example.com:3000?owner=team-search&repo=chat-llm',
    );
    expect(screen.getByLabelText(/Repository/)).toHaveValue('chat-llm');
  });

  it('offers the configured hosts only, for others could not be published to', async () => {
    await renderField({ gitea: [GITEA], github: [{ token: 'x' }] }, SERVICE);
    await userEvent.click(screen.getByLabelText(/Git host/));
    const options = within(screen.getByRole('listbox')).getAllByRole('option');
    expect(options.map(option => option.textContent)).toEqual([
      'git.example.com:3000',
      'github.com',
    ]);
  });

  it('offers what every portal knows when nothing is configured', async () => {
    await renderField({}, SERVICE);
    await userEvent.click(screen.getByLabelText(/Git host/));
    expect(screen.getByRole('option', { name: 'gitlab.com' })).toBeVisible();
    expect(screen.getByRole('option', { name: 'github.com' })).toBeVisible();
  });

  it('keeps what a person types and says what is wrong with it', async () => {
    const field = await renderField({ gitea: [GITEA] }, SERVICE);
    const owner = screen.getByLabelText(/Organisation/);
    await userEvent.clear(owner);
    await userEvent.type(owner, 'a&repo=b');
    expect(fromRepoUrl(field.last())).toEqual({
      host: 'git.example.com:3000',
      owner: 'a&repo=b',
      repo: 'chat-llm',
    });
    expect(screen.getByText(/^Owner: the organisation/)).toBeVisible();
  });
});

describe('validateRepository', () => {
  const faultsOf = (value: string | undefined) => {
    const faults: string[] = [];
    validateRepository(value, { addError: fault => faults.push(fault) });
    return faults;
  };

  it('takes nested groups and refuses what a host would not take, by field', () => {
    const host = 'gitlab.com';
    expect(faultsOf(toRepoUrl({ host, owner: 'a/b-c', repo: 'd.e' }))).toEqual(
      [],
    );
    expect(faultsOf(undefined)).toEqual(['Choose the host of the repository']);
    expect(faultsOf(toRepoUrl({ host, owner: 'a//b', repo: 'd' }))[0]).toMatch(
      /^Owner:/,
    );
    expect(faultsOf(toRepoUrl({ host, owner: 'a', repo: '../d' }))[0]).toMatch(
      /^Repository:/,
    );
  });
});
