/** What pages of this origin may load: their own files alone. `https`: plain HTTP is to be upgraded. */
export function contentSecurityPolicy(https: boolean) {
  return {
    directives: {
      defaultSrc: ["'self'"],
      // The editor of the API console makes its workers from blobs and sets inline styles.
      workerSrc: ["'self'", 'blob:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      fontSrc: ["'self'", 'data:'],
      imgSrc: ["'self'", 'data:'],
      upgradeInsecureRequests: https ? [] : null,
    },
  };
}
