import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import type {
  StoreVolume,
  VectorStoreDetail,
} from '@promptside/backstage-plugin-genai-common';
import {
  FactList,
  formatAge,
  formatBytes,
} from '@promptside/backstage-plugin-genai-react';
import {
  describeBackup,
  describeDaysToFull,
  describeStorage,
  percent,
} from '../words';
import { PersistenceLabel } from './PersistenceLabel';

/** Volumes with their fill, and backups against their schedule. */
export function StorageCard({ detail }: { detail: VectorStoreDetail }) {
  const { item, health } = detail;
  const { backup, storage } = health;
  return (
    <EntityInfoCard title="Storage and backup">
      <FactList
        facts={[
          ['Storage', describeStorage(item)],
          ['Full in', describeDaysToFull(storage)],
          [
            'Persistence',
            <PersistenceLabel
              key="persistence"
              persistence={item.persistence}
            />,
          ],
          [
            'Last backup',
            describeBackup(backup) ?? 'Not seen from the cluster',
          ],
          ['Schedule', backup.schedule && <code>{backup.schedule}</code>],
          ['Method', backup.method],
          [
            'Last failure',
            backup.lastFailedAt && `${formatAge(backup.lastFailedAt)} ago`,
          ],
        ]}
      />
      {storage && storage.volumes.length > 0 && (
        <VolumeTable volumes={storage.volumes} />
      )}
    </EntityInfoCard>
  );
}

function VolumeTable({ volumes }: { volumes: readonly StoreVolume[] }) {
  return (
    <>
      <Table size="small" aria-label="Volumes">
        <TableHead>
          <TableRow>
            <TableCell>Claim</TableCell>
            <TableCell>Holds</TableCell>
            <TableCell align="right">Size</TableCell>
            <TableCell align="right">Used</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {volumes.map(({ claim, role, sizeBytes, usedRatio }) => (
            <TableRow key={claim}>
              <TableCell>{claim}</TableCell>
              <TableCell>{role === 'Wal' ? 'WAL' : role}</TableCell>
              <TableCell align="right">
                {formatBytes(sizeBytes?.value) ?? 'Unknown'}
              </TableCell>
              <TableCell align="right">
                {usedRatio ? percent(usedRatio) : 'Not measured'}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {volumes.some(({ usedRatio }) => !usedRatio) && (
        <Typography variant="caption" color="textSecondary">
          How full a volume is comes from the kubelet, where the portal may ask
          it.
        </Typography>
      )}
    </>
  );
}
