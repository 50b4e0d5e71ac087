import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ClusterStatus,
  ModelServer,
  StartupStage,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  CopyableText,
  EvidenceList,
  FactList,
  formatAge,
  StateChip,
} from '@promptside/backstage-plugin-genai-react';
import { useId } from 'react';
import { describeGpus, runtimeName, STAGES } from '../words';
import { HubLink } from './HubLink';

const useStyles = makeStyles(theme => ({
  root: {
    '& + &': {
      marginTop: theme.spacing(3),
      paddingTop: theme.spacing(2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
  },
  state: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
  },
}));

interface ModelServerStatusProps {
  server: ModelServer;
  clusters: readonly ClusterStatus[];
  /** Without endpoint and evidence, which stand beside it. */
  brief?: boolean;
}

/** State of one model server with its reason, evidence and facts. */
export function ModelServerStatus(props: ModelServerStatusProps) {
  const { server, clusters, brief } = props;
  const { model, endpoint, replicas } = server;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <div className={classes.state}>
        <StateChip state={server.state} />
        {server.reason && (
          <Typography variant="body2" color="textSecondary" component="span">
            {server.reason}
          </Typography>
        )}
      </div>
      {server.message && (
        <Typography variant="body2">{server.message}</Typography>
      )}
      {server.state === 'Starting' && server.stage && (
        <StartupProgress stage={server.stage} />
      )}
      <FactList
        facts={[
          [
            'Endpoint',
            endpoint && !brief ? (
              <CopyableText text={endpoint.url} label="Copy the endpoint" />
            ) : undefined,
          ],
          [
            'Model',
            model?.id ? (
              <HubLink id={model.id} revision={model.revision} />
            ) : (
              'Unknown'
            ),
          ],
          [
            'Served as',
            model?.servedName !== model?.id && model?.servedName
              ? model.servedName
              : undefined,
          ],
          [
            'Runtime',
            [runtimeName(server), server.runtimeVersion]
              .filter(Boolean)
              .join(' '),
          ],
          ['Replicas', `${replicas.ready} of ${replicas.desired} ready`],
          ['GPUs', describeGpus(server) ?? 'None'],
          [
            'Runs on',
            `${clusterTitle(clusters, server.cluster)}, namespace ${server.namespace}`,
          ],
          ['Workload', `${server.kind} ${server.name}`],
          ['Age', formatAge(server.createdAt)],
        ]}
      />
      {server.state !== 'Ready' && !brief && (
        <EvidenceList evidence={server.evidence} />
      )}
    </div>
  );
}

function StartupProgress({ stage }: { stage: StartupStage }) {
  const id = useId();
  const stages = Object.keys(STAGES);
  const step = stages.indexOf(stage) + 1;
  return (
    <>
      <Typography variant="body2" color="textSecondary" id={id}>
        Step {step} of {stages.length}: {STAGES[stage]}
      </Typography>
      <LinearProgress
        variant="determinate"
        value={(100 * step) / stages.length}
        aria-labelledby={id}
      />
    </>
  );
}
