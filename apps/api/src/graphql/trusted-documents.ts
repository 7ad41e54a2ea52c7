import { InvalidSetting } from '@evenhand/platform';
import { GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Documents that the operator vouches for, by the sha256 of their text in hex. Clients name one by its hash instead of
 * sending it, as automatic persisted queries do; nobody adds to them over the wire.
 */
export class TrustedDocuments {
  private constructor(private readonly texts: ReadonlyMap<string, string>) {}

  static none(): TrustedDocuments {
    return new TrustedDocuments(new Map());
  }

  /** Of a JSON file `{"<sha256>": "<document>"}`, as GraphQL Code Generator writes it. Throws {@link InvalidSetting}. */
  static fromFile(path: string): TrustedDocuments {
    const manifest = readManifest(path);
    for (const [hash, text] of manifest) {
      if (createHash('sha256').update(text).digest('hex') === hash) continue;
      throw new InvalidSetting(`TRUSTED_DOCUMENTS: the document under ${hash} in ${path} has another sha256.`);
    }
    return new TrustedDocuments(manifest);
  }

  has(hash: string): boolean {
    return this.texts.has(hash);
  }

  /** Throws {@link InvalidSetting} where a document asks for what the schema does not have. */
  assertFit(schema: GraphQLSchema): void {
    for (const [hash, text] of this.texts) {
      const [problem] = problemsOf(text, schema);
      if (problem) throw new InvalidSetting(`TRUSTED_DOCUMENTS: the document under ${hash}: ${problem.message}`);
    }
  }

  /** The store that Apollo looks hashes up in; it keeps nothing that a client sends. */
  get store() {
    const texts = this.texts;
    return {
      get: async (key: string) => texts.get(key.slice(key.lastIndexOf(':') + 1)),
      set: async () => undefined,
      delete: async () => false,
    };
  }
}

function problemsOf(text: string, schema: GraphQLSchema): readonly GraphQLError[] {
  try {
    return validate(schema, parse(text));
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function readManifest(path: string): ReadonlyMap<string, string> {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new InvalidSetting(`TRUSTED_DOCUMENTS: ${path} cannot be read: ${(error as Error).message}`);
  }
  const entries = typeof manifest === 'object' && manifest !== null ? Object.entries(manifest) : [];
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (texts.length === 0 || texts.length < entries.length) {
    throw new InvalidSetting(`TRUSTED_DOCUMENTS: ${path} is no JSON object of documents by their sha256.`);
  }
  return new Map(texts);
}
