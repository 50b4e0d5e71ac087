// Preloaded into the portal: writes Node's compile cache when the portal is told to end. Node does so itself at an orderly end
// only, and the portal seldom comes that far: long polls of its own events hold its server up for most of a minute.
const { flushCompileCache } = require('node:module');

process.once('SIGTERM', () => {
  flushCompileCache?.();
  // With a listener a signal ends nothing by itself; the portal has not added its own yet.
  if (process.listenerCount('SIGTERM') === 0) process.exit(143);
});
