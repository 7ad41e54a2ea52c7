import { enumOf } from './enum-of';

describe('enumOf', () => {
  it('shows each word in upper case and keeps it as the value', () => {
    expect(enumOf('Wind', ['north_east', 'south'])).toEqual({ NORTH_EAST: 'north_east', SOUTH: 'south' });
  });
});
