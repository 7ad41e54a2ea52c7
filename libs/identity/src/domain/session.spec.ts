import { prolongedExpiry, sessionExpiry } from './session';

const at = (day: number, hours = 0) => new Date(Date.UTC(2026, 0, 1 + day, hours));
const session = (createdDay: number, expiresAt: Date) => ({
  id: 's',
  userId: 'u',
  createdAt: at(createdDay),
  expiresAt,
});

describe('a session', () => {
  it('ends after 14 days without use', () => {
    expect(sessionExpiry(at(0), at(3))).toEqual(at(17));
  });

  it('ends 90 days after sign-in however much it is used', () => {
    expect(sessionExpiry(at(0), at(85))).toEqual(at(90));
    expect(prolongedExpiry(session(0, at(90)), at(88))).toBeNull();
  });

  it('is prolonged at most once an hour', () => {
    expect(prolongedExpiry(session(0, at(14)), new Date(at(0).getTime() + 3_599_999))).toBeNull();
    expect(prolongedExpiry(session(0, at(14)), at(0, 1))).toEqual(at(14, 1));
  });
});
