import { buildSchema, parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FIRST_DOCUMENT } from '../../apps/console/src/first-document';

describe('the document that the API console opens with', () => {
  it('is valid against the API', () => {
    const schema = buildSchema(readFileSync(resolve(__dirname, '../../schema.graphql'), 'utf8'));
    expect(validate(schema, parse(FIRST_DOCUMENT)).map(({ message }) => message)).toEqual([]);
  });
});
