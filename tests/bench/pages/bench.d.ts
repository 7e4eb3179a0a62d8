/** What the pages of the benchmark have for it to call. */
interface Window {
  /** The library under test, and what a host's code does with it. */
  bench: {
    /** Reports one event, as the host's code would. */
    track: (name: string, properties: Record<string, unknown>) => unknown;
    burst: (run: BenchRun) => BenchTimes;
    stream: (run: BenchRun & { gap: number }) => Promise<BenchTimes>;
  };
  /** How the page sets its library up; there before any of its scripts. */
  benchOptions: {
    /** Where the library's collector is, without a trailing slash. */
    collector: string;
    writeKey: string;
    /** The library's own settings. */
    settings: Record<string, any>;
  };
  /** What was written to the browser's storage, where that is counted. */
  storageCount?: () => StorageCount;
}

interface BenchRun {
  /** The invoices of the run's events begin so; no two runs share it. */
  run: string;
  count: number;
  /** Does all but report: what the benchmark itself costs. */
  idle?: boolean;
}

/** Milliseconds. */
interface BenchTimes {
  /** Each call. */
  calls: number[];
  /** From before the first to after the last. */
  whole: number;
  /** What had been written to the storage before each call, where that is counted. */
  storage: StorageCount[];
}

/** Calls that change the browser's storage. */
interface StorageCount {
  /** `localStorage.setItem` and the like. */
  local: number;
  session: number;
  /** IndexedDB's `put` and `add`. */
  indexed: number;
  /** Transactions of IndexedDB that may write; each is one change of the disk. */
  transactions: number;
  cookie: number;
  /** Whatever takes something out, anywhere. */
  removals: number;
  /** What was put in: bytes of names and values. */
  bytes: number;
}
