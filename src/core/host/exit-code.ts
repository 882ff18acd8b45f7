/** Exit codes of the core process by which a shell tells what to say (BSD sysexits where apt). */
export const EXIT_CODE = {
  stopped: 0,
  /** A bug; the log has it. The shell starts the core again. */
  crashed: 70,
  /** Another doccentr works on the same data directory. Starting again is no use. */
  directoryInUse: 75,
} as const;
