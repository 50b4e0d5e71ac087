import { knownEngineSchema } from '@promptside/backstage-plugin-genai-common';
import { buildInferenceObjects, renderInference } from '../manifests';
import {
  cellSpec,
  DEVICES,
  REFUSED,
  REFUSED_AS_CHART,
  RENDERED,
  RENDERED_AS_CHART,
} from '../manifests/__testUtils__/engineMatrix';
import { modelOf } from '../manifests/__testUtils__/specs';
import { allEngines } from '../servingRuntimes/engines';
import { node } from '../testing/objects';
import { helmRoundTrip, roundTrip } from './__testUtils__/roundTrip';

/** One node for each device. */
const NODES = Object.values(DEVICES).flatMap((device, index) =>
  device
    ? [
        node(
          `node-${index}`,
          { [device.resource]: 8 },
          'product' in device && device.vendor === 'nvidia'
            ? { 'nvidia.com/gpu.product': device.product }
            : {},
        ),
      ]
    : [],
);

describe('every engine on every device', () => {
  it('is a spoke for every key of the contract', () => {
    expect(
      allEngines()
        .map(({ engine }) => engine)
        .sort(),
    ).toEqual([...knownEngineSchema.options].sort());
  });

  it.each(RENDERED)('%s on %s is read as it was written', (engine, device) => {
    const spec = cellSpec(engine, device);
    const { seen, written } = roundTrip(spec, NODES);
    expect(seen).toEqual(written);
  });

  it.each(RENDERED_AS_CHART)(
    '%s on %s is read as it was written when Helm installed it',
    (...cell) => {
      const { seen, written } = helmRoundTrip(cellSpec(...cell, 'Helm'), NODES);
      expect(seen).toEqual(written);
    },
  );

  it.each(REFUSED_AS_CHART)('%s on %s is no chart of ours', (...cell) => {
    const spec = cellSpec(...cell, 'Helm');
    expect(() => renderInference(spec, modelOf(spec))).toThrow(
      /^inference\.yaml: spec\.output: .* is a chart already/,
    );
  });

  it.each(RENDERED)('%s on %s has no image without a fixed tag', (...cell) => {
    const spec = cellSpec(...cell);
    const text = renderInference(spec, modelOf(spec))
      .map(({ content }) => content)
      .join('');
    expect(text).not.toMatch(/:latest|tag: latest/);
    const images = [...text.matchAll(/^ *image: ([^\n]+)$/gm)].map(
      ([, image]) => image,
    );
    for (const image of images) expect(image).toMatch(/:[\w.-]+$/);
  });

  it.each(REFUSED)('%s on %s is refused, with a reason', (engine, device) => {
    const spec = cellSpec(engine, device);
    expect(() => buildInferenceObjects(spec, modelOf(spec))).toThrow(
      /^inference\.yaml: spec\.accelerator\.vendor: .* does not run on .*: .{20,}\. (Name|Choose)/,
    );
  });
});
