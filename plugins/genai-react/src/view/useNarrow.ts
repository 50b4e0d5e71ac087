import type { Theme } from '@material-ui/core/styles';
import useMediaQuery from '@material-ui/core/useMediaQuery';

/** Whether the window is too narrow for wide tables, which then merge or leave out what matters least. @public */
export function useNarrow(): boolean {
  return useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
}
