import { scaffolderPlugin } from '@backstage/plugin-scaffolder';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import {
  GenaiAcceleratorPicker,
  GenaiContextLength,
  GenaiEnginePicker,
  GenaiModelPicker,
  GenaiModelServerPicker,
  GenaiPlanPreview,
  GenaiQueuePicker,
  GenaiRagPlanPreview,
  GenaiRetrieval,
  GenaiRepositoryPicker,
  GenaiStorageClassPicker,
  GenaiTargetPicker,
  GenaiVectorStorePicker,
  validateRepository,
} from './fields';

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiModelPickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiModelPicker',
    component: GenaiModelPicker,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiEnginePickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiEnginePicker',
    component: GenaiEnginePicker,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiAcceleratorPickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiAcceleratorPicker',
    component: GenaiAcceleratorPicker,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiContextLengthExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiContextLength',
    component: GenaiContextLength,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiTargetPickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiTargetPicker',
    component: GenaiTargetPicker,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiVectorStorePickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiVectorStorePicker',
    component: GenaiVectorStorePicker,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiModelServerPickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiModelServerPicker',
    component: GenaiModelServerPicker,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiStorageClassPickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiStorageClassPicker',
    component: GenaiStorageClassPicker,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiPlanPreviewExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiPlanPreview',
    component: GenaiPlanPreview,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiRetrievalExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiRetrieval',
    component: GenaiRetrieval,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiRagPlanPreviewExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiRagPlanPreview',
    component: GenaiRagPlanPreview,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiRepositoryPickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiRepositoryPicker',
    component: GenaiRepositoryPicker,
    validation: validateRepository,
  }),
);

/** Legacy frontend system: child of `ScaffolderFieldExtensions`. @public */
export const GenaiQueuePickerExtension = scaffolderPlugin.provide(
  createScaffolderFieldExtension({
    name: 'GenaiQueuePicker',
    component: GenaiQueuePicker,
  }),
);
