const KEY = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;

/** The key, where it is one: nothing else becomes part of a path. */
export function requireStorageKey(key: string): string {
  if (!KEY.test(key)) throw new Error(`${JSON.stringify(key)} is no key of a file.`);
  return key;
}
