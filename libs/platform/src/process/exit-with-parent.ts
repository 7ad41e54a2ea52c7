interface Closable {
  close(): Promise<void>;
}

/** Where a supervisor started this process: close and exit when it goes away, however it went. */
export function exitWithParent(app: Closable): void {
  if (process.send === undefined) return;
  process.once('disconnect', () => {
    void app.close().finally(() => process.exit(0));
  });
}
