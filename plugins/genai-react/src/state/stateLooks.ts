import type { SvgIconTypeMap } from '@material-ui/core/SvgIcon';
import type { OverridableComponent } from '@material-ui/core/OverridableComponent';
import BusyIcon from '@material-ui/icons/Autorenew';
import PausedIcon from '@material-ui/icons/Block';
import GoodIcon from '@material-ui/icons/CheckCircle';
import BadIcon from '@material-ui/icons/Error';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import StaleIcon from '@material-ui/icons/History';
import StoppedIcon from '@material-ui/icons/PauseCircleOutline';
import WarningIcon from '@material-ui/icons/Warning';
import type {
  ClusterState,
  GpuAllocation,
  GpuNode,
  LineageState,
  ModelServerState,
  VectorStoreState,
  Verdict,
} from '@promptside/backstage-plugin-genai-common';

/**
 * Every state that a page shows. States of different things share a word only where they mean the same.
 *
 * @public
 */
export type AnyState =
  | ModelServerState
  | VectorStoreState
  | ClusterState
  | GpuNode['state']
  | GpuAllocation['phase']
  | LineageState
  | Verdict;

/** How a state weighs; decides the colour and nothing else. */
export type StateTone = 'Good' | 'Busy' | 'Warning' | 'Bad' | 'Quiet';

/** Look of one state. */
export interface StateLook {
  label: string;
  tone: StateTone;
  Icon: OverridableComponent<SvgIconTypeMap>;
}

/** A total table: a new state is a compile error here, never a blank on screen. */
export const STATE_LOOKS: Record<AnyState, StateLook> = {
  Ready: { label: 'Ready', tone: 'Good', Icon: GoodIcon },
  Healthy: { label: 'Healthy', tone: 'Good', Icon: GoodIcon },
  Live: { label: 'Live', tone: 'Good', Icon: GoodIcon },
  Running: { label: 'Running', tone: 'Good', Icon: GoodIcon },
  Succeeded: { label: 'Succeeded', tone: 'Quiet', Icon: GoodIcon },
  Starting: { label: 'Starting', tone: 'Busy', Icon: BusyIcon },
  Syncing: { label: 'Syncing', tone: 'Busy', Icon: BusyIcon },
  Pending: { label: 'Pending', tone: 'Warning', Icon: WaitingIcon },
  Degraded: { label: 'Degraded', tone: 'Warning', Icon: WarningIcon },
  Stale: { label: 'Stale', tone: 'Warning', Icon: StaleIcon },
  Cordoned: { label: 'Cordoned', tone: 'Warning', Icon: PausedIcon },
  Failed: { label: 'Failed', tone: 'Bad', Icon: BadIcon },
  Down: { label: 'Down', tone: 'Bad', Icon: BadIcon },
  NotReady: { label: 'Not ready', tone: 'Bad', Icon: BadIcon },
  Unavailable: { label: 'Unavailable', tone: 'Bad', Icon: BadIcon },
  Stopped: { label: 'Stopped', tone: 'Quiet', Icon: StoppedIcon },
  Whole: { label: 'Whole', tone: 'Good', Icon: GoodIcon },
  Broken: { label: 'Broken', tone: 'Bad', Icon: BadIcon },
  Fits: { label: 'Fits', tone: 'Good', Icon: GoodIcon },
  Tight: { label: 'Tight', tone: 'Warning', Icon: WarningIcon },
  DoesNotFit: { label: 'Does not fit', tone: 'Bad', Icon: BadIcon },
  Unknown: { label: 'Unknown', tone: 'Quiet', Icon: UnknownIcon },
};
