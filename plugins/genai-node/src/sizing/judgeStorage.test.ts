import type { GenaiStorageClass } from '@promptside/backstage-plugin-genai-common';
import { H100 } from './__fixtures__/gpuNodes';
import { codes, LLAMA_8B, plan } from './__fixtures__/plan';

const storageClass = (
  name: string,
  readWriteMany: GenaiStorageClass['readWriteMany'],
  isDefault = false,
): GenaiStorageClass => ({
  cluster: H100.cluster,
  name,
  provisioner: `${name}.example.com`,
  isDefault,
  allowVolumeExpansion: true,
  readWriteMany,
});

const CLASSES = [
  storageClass('fast', 'No', true),
  storageClass('files', 'Yes'),
  storageClass('vendor', 'Unknown'),
  storageClass('elsewhere', 'Yes'),
].map(each =>
  each.name === 'elsewhere' ? { ...each, cluster: 'other' } : each,
);

const planned = (request: object, inventory: object = {}) =>
  plan({ model: LLAMA_8B, gpuCount: 1, ...request }, [H100], {
    storageClasses: CLASSES,
    ...inventory,
  });
const reasonOf = (...args: Parameters<typeof planned>) =>
  planned(...args).reasons.find(({ field }) => field === 'storageClassName');

describe('storage in a plan', () => {
  it('is the default class when nothing is said of it, tight where one is to be chosen, refused where there is none', () => {
    expect(reasonOf({})).toBeUndefined();
    expect(reasonOf({}, { storageClasses: [] })).toMatchObject({
      code: 'NoDefaultStorageClass',
      severity: 'Blocking',
      message: expect.stringMatching(/It has no class at all: have one added/),
    });
    const toChoose = { storageClasses: [storageClass('files', 'Yes')] };
    expect(reasonOf({}, toChoose)).toMatchObject({
      severity: 'Warning',
      message: expect.stringMatching(
        /no default storage class.*Choose files\.$/,
      ),
    });
    expect(planned({}, toChoose).verdict).toBe('Tight');
  });

  it('is no matter when nothing is said of it and nobody could look', () => {
    expect(reasonOf({}, { storageClasses: undefined })).toBeUndefined();
    expect(
      reasonOf({}, { storageClasses: [], storageUnknown: [H100.cluster] }),
    ).toBeUndefined();
  });

  it.each([
    [{ storageMode: 'PerReplica' }],
    [{ storageClassName: 'vendor' }],
    [{ storageMode: 'Shared', storageClassName: 'files' }],
  ])('is no reason against %j', request => {
    expect(reasonOf(request)).toBeUndefined();
    expect(planned(request).verdict).toBe(planned({}).verdict);
  });

  it.each([
    [
      { storageClassName: 'gone' },
      'StorageClassMissing',
      /has no storage class "gone"\. Choose fast or files or vendor\.$/,
    ],
    [
      { storageMode: 'Shared', storageClassName: 'elsewhere' },
      'StorageClassMissing',
      /has no storage class "elsewhere"\. Choose files\.$/,
    ],
    [
      { storageMode: 'Shared' },
      'NotReadWriteMany',
      /^The default storage class fast of cluster .* \(fast\.example\.com\) makes volumes for one node.*Choose files\.$/,
    ],
    [
      { storageMode: 'Shared', storageClassName: 'fast' },
      'NotReadWriteMany',
      /Choose files\.$/,
    ],
  ])('refuses %j with %s and a way out', (request, code, message) => {
    expect(reasonOf(request)).toEqual({
      code,
      field: 'storageClassName',
      severity: 'Blocking',
      message: expect.stringMatching(message),
    });
    expect(planned(request).verdict).toBe('DoesNotFit');
  });

  it('refuses a volume without a class where there is no default', () => {
    const storageClasses = [storageClass('files', 'Yes')];
    expect(
      reasonOf({ storageMode: 'PerReplica' }, { storageClasses }),
    ).toMatchObject({
      code: 'NoDefaultStorageClass',
      message: expect.stringContaining('Choose files.'),
    });
  });

  it('points to the guide where no class shares', () => {
    const storageClasses = [storageClass('fast', 'No', true)];
    expect(
      reasonOf({ storageMode: 'Shared' }, { storageClasses })?.message,
    ).toMatch(/choose storage mode PerReplica, or have one added/);
    expect(
      reasonOf({ storageClassName: 'x' }, { storageClasses: [] })?.message,
    ).toMatch(/It has no class at all/);
  });

  it('warns of a class that nobody knows', () => {
    expect(
      reasonOf({ storageMode: 'Shared', storageClassName: 'vendor' }),
    ).toMatchObject({
      code: 'ReadWriteManyUnknown',
      severity: 'Warning',
      message: expect.stringContaining('storage class vendor of cluster'),
    });
    expect(
      planned({ storageMode: 'Shared', storageClassName: 'vendor' }).verdict,
    ).toBe('Tight');
  });

  it.each([
    [{ storageClasses: undefined }],
    [{ storageClasses: [], storageUnknown: [H100.cluster] }],
  ])('says that it does not know, given %j', inventory => {
    const request = { storageMode: 'Shared', storageClassName: 'files' };
    expect(reasonOf(request, inventory)).toMatchObject({
      code: 'StorageUnknown',
      severity: 'Info',
    });
  });

  it('refuses shared weights for engines that bring their own', () => {
    expect(
      codes(planned({ storageMode: 'Shared', engine: 'kserve' }).reasons),
    ).toContain('SharedWeightsNotSupported');
  });
});
