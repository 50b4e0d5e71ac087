import {
  registerMswTestHooks,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { StorageChoice } from '@promptside/backstage-plugin-genai-common';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { GenaiStorageClassPicker } from './GenaiStorageClassPicker';
import { planQuestionFrom } from './planRequest';

const server = setupServer();
registerMswTestHooks(server);
const CLASSES = '*/api/genai/v1/storage-classes';

const storageClass = (
  name: string,
  readWriteMany: string,
  isDefault = false,
) => ({
  cluster: 'demo',
  name,
  provisioner: `${name}.example.com`,
  isDefault,
  allowVolumeExpansion: true,
  readWriteMany,
});

const ITEMS = [
  storageClass('fast', 'No', true),
  storageClass('files', 'Yes'),
  storageClass('vendor', 'Unknown'),
];

const cluster = { name: 'demo', state: 'Live', version: 1, resources: [] };

function answer(
  items: object[] = ITEMS,
  more: object = {},
  asked: string[] = [],
) {
  server.use(
    http.get(CLASSES, ({ request }) => {
      asked.push(new URL(request.url).searchParams.get('cluster') ?? '');
      return HttpResponse.json({ items, clusters: [{ ...cluster, ...more }] });
    }),
  );
}

function picker(
  formData: StorageChoice | undefined,
  options: {
    onChange?: (value?: StorageChoice) => void;
    target?: object;
  } = {},
) {
  const { onChange = jest.fn(), target = { cluster: 'demo' } } = options;
  const props = {
    formData,
    onChange,
    schema: {},
    uiSchema: {},
    idSchema: { $id: 'storage' },
    formContext: { formData: { target } },
  } as unknown as FieldExtensionComponentProps<StorageChoice>;
  return <GenaiStorageClassPicker {...props} />;
}

const openMenu = async () => {
  const menu = screen.getByRole('button', { name: /Storage class/ });
  await waitFor(() => expect(menu).not.toHaveAttribute('aria-disabled'));
  await userEvent.click(menu);
  return screen.findAllByRole('option');
};

describe('GenaiStorageClassPicker', () => {
  it('offers the classes of the cluster and says of each whether it can be shared', async () => {
    const asked: string[] = [];
    answer(ITEMS, {}, asked);
    const onChange = jest.fn();
    await renderInTestApp(picker({ mode: 'PerReplica' }, { onChange }));
    const options = await openMenu();
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'The default of the cluster',
      'fast (default) – ReadWriteMany: no',
      'files – ReadWriteMany: yes',
      'vendor – ReadWriteMany: not known',
    ]);
    expect(asked).toEqual(['demo']);
    await userEvent.click(options[2]);
    expect(onChange).toHaveBeenCalledWith({
      mode: 'PerReplica',
      className: 'files',
    });
  });

  it('can be chosen by keyboard, and tells a screen reader what a mode means', async () => {
    answer();
    const onChange = jest.fn();
    await renderInTestApp(picker(undefined, { onChange }));
    const own = await screen.findByRole('radio', {
      name: 'A cache of each replica',
    });
    expect(own).toBeChecked();
    expect(
      screen.getByRole('radio', { name: 'One volume for all replicas' }),
    ).toHaveAccessibleDescription(/^A Job downloads the pinned revision once/);
    act(() => own.focus());
    await userEvent.keyboard('{ArrowDown}');
    expect(onChange).toHaveBeenCalledWith({ mode: 'Shared' });
  });

  it('names what fits when the class cannot be shared', async () => {
    answer();
    await renderInTestApp(picker({ mode: 'Shared' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'fast makes volumes for one node alone. Choose files.',
    );
    const options = await openMenu();
    expect(options[1]).toHaveAttribute('aria-disabled', 'true');
    expect(options[2]).not.toHaveAttribute('aria-disabled', 'true');
  });

  it.each<[string, StorageChoice, object[], RegExp]>([
    [
      'a class that is gone',
      { mode: 'PerReplica', className: 'gone' },
      ITEMS,
      /no class gone\. Choose fast or files or vendor/,
    ],
    [
      'no default',
      { mode: 'PerReplica' },
      [storageClass('files', 'Yes')],
      /no default class\. Choose files/,
    ],
    [
      'no class to share',
      { mode: 'Shared' },
      [storageClass('fast', 'No', true)],
      /no class that fits; ask the platform team/,
    ],
  ])('says what is wrong: %s', async (_, choice, items, message) => {
    answer(items);
    await renderInTestApp(picker(choice));
    expect(await screen.findByRole('alert')).toHaveTextContent(message);
  });

  it('does not call a class wrong that nobody knows', async () => {
    answer();
    await renderInTestApp(picker({ mode: 'Shared', className: 'vendor' }));
    expect(
      await screen.findByText(/Whether vendor can be shared is not known/),
    ).toHaveAttribute('role', 'status');
  });

  it('says when the portal may not read the classes', async () => {
    answer([], {
      resources: [
        { resource: 'storageclasses.storage.k8s.io', state: 'Forbidden' },
      ],
    });
    await renderInTestApp(picker({ mode: 'Shared' }));
    expect(
      await screen.findByText(/may not read the storage classes/),
    ).toHaveAttribute('role', 'status');
  });

  it('says when the backend does not answer', async () => {
    server.use(http.get(CLASSES, () => HttpResponse.json({}, { status: 503 })));
    await renderInTestApp(picker({ mode: 'Shared' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /The storage classes cannot be read: .*Reload the page/,
    );
  });

  it('waits for a cluster', async () => {
    await renderInTestApp(picker(undefined, { target: {} }));
    expect(screen.getByRole('status')).toHaveTextContent('Choose a cluster');
  });

  it('is planned with', () => {
    expect(
      planQuestionFrom({
        model: 'a/b',
        target: { cluster: 'demo', namespace: 'team' },
        storage: { mode: 'Shared', className: 'files' },
      }),
    ).toMatchObject({
      request: { storageMode: 'Shared', storageClassName: 'files' },
    });
  });
});
