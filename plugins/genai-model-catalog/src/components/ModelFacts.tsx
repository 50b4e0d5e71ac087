import { Link } from '@backstage/core-components';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import type { Model } from '@promptside/backstage-plugin-genai-common';
import {
  FactList,
  formatBytes,
  formatCount,
  formatQuantity,
  formatShortCount,
  QUANTIZATION_NAMES,
} from '@promptside/backstage-plugin-genai-react';
import { describeAttention, TASK_NAMES } from '../words';
import { HubLink } from './HubLink';

const SHORT_REVISION = 12;

/** What is known of a model, with where it comes from. */
export function ModelFacts({ model }: { model: Model }) {
  const { activeParameterCount, revision, licenseUrl, experts } = model;
  return (
    <EntityInfoCard title="Facts">
      <FactList
        facts={[
          ['Model', <HubLink key="hub" id={model.id} revision={revision} />],
          ['Provider', model.provider],
          ['Task', TASK_NAMES[model.task]],
          [
            'Parameters',
            activeParameterCount
              ? `${formatShortCount(model.parameterCount)}, ${formatShortCount(activeParameterCount)} active a token`
              : formatShortCount(model.parameterCount),
          ],
          ['Context', formatQuantity(model.contextLength, 'token')],
          [
            'Embedding',
            model.embeddingDimension &&
              `${formatCount(model.embeddingDimension)} dimensions`,
          ],
          [
            'Licence',
            licenseUrl ? (
              <Link to={licenseUrl}>{model.license}</Link>
            ) : (
              model.license
            ),
          ],
          ['Access', <Access key="access" model={model} />],
          ['Architecture', model.architecture],
          ['Layers', formatCount(model.layers)],
          ['Attention', describeAttention(model)],
          [
            'Experts',
            experts && `${experts.count}, ${experts.perToken} a token`,
          ],
          ['Published as', model.dtype],
          ['Weights', <Weights key="weights" model={model} />],
          [
            'Revision',
            revision ? (
              <code title={revision}>{revision.slice(0, SHORT_REVISION)}</code>
            ) : (
              'Not pinned: the form asks for one'
            ),
          ],
          ['Facts from', model.source],
        ]}
      />
    </EntityInfoCard>
  );
}

function Access({ model }: { model: Model }) {
  if (!model.gated) return <>Open</>;
  return (
    <>
      Gated: the hub wants an accepted licence and a token.
      {model.licenseStep && (
        <Typography variant="body2">{model.licenseStep}</Typography>
      )}
    </>
  );
}

/** The original weights and each quantized edition, with its repository where it has one of its own. */
function Weights({ model }: { model: Model }) {
  return (
    <>
      {model.variants.map(({ quantization, weightsBytes, ...edition }) => (
        <div key={`${quantization}/${weightsBytes}`}>
          {[QUANTIZATION_NAMES[quantization], formatBytes(weightsBytes)]
            .filter(Boolean)
            .join(' ')}
          {edition.repository && (
            <>
              {' '}
              from{' '}
              <HubLink id={edition.repository} revision={edition.revision} />
            </>
          )}
        </div>
      ))}
    </>
  );
}
