import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  root: {
    width: sidebarConfig.drawerWidthClosed,
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    marginBottom: -14,
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: 12,
    marginLeft: 22,
    color: '#ffffff',
    fontSize: 20,
    fontWeight: 600,
    whiteSpace: 'nowrap',
  },
});

/** A prompt sign, and the name beside it while the sidebar is open. */
export function SidebarLogo() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link
        to="/"
        underline="none"
        className={classes.link}
        aria-label="Promptside, home"
      >
        <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden>
          <path
            d="M6 8l9 8-9 8"
            fill="none"
            stroke="#5fe0c0"
            strokeWidth="3.4"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
          <path
            d="M18 24h8"
            stroke="#ffffff"
            strokeWidth="3.4"
            strokeLinecap="round"
          />
        </svg>
        {isOpen && 'Promptside'}
      </Link>
    </div>
  );
}
