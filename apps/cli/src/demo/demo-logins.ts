/** One password for everybody in the demo world. */
export const DEMO_PASSWORD = 'purse-and-note-42';

interface DemoLogin {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly who: string;
}

function login(email: string, name: string, who: string): DemoLogin {
  return { email, name, password: DEMO_PASSWORD, who };
}

/** The people of the demo world; all names are invented. */
export const PEOPLE = {
  camille: login('camille@lumette.example', 'Camille Roy', 'brand owner, Maison Lumette, Paris (EUR)'),
  haruto: login('haruto@kumori.example', 'Haruto Mori', 'brand owner, Kumori, Tokyo (JPY)'),
  qing: login('qing@qinghe.example', '何清', 'brand owner, 清禾 Qinghe Studio, Shanghai (CNY)'),
  mika: login('mika@arai.example', '新井 美香', 'influencer, Tokyo, half a million followers, with an agency'),
  lin: login('lin@yue.example', '林悦', 'influencer, Shanghai, self-managed'),
  chloe: login('chloe@martin.example', 'Chloé Martin', 'influencer, Paris, self-managed'),
  aoi: login('aoi@hanabira.example', '佐藤 葵', 'agency owner, Hanabira Talent'),
  noor: login('noor@evenhand.example', 'Noor de Vries', 'finance, prepares payouts'),
  emil: login('emil@evenhand.example', 'Emil Sand', 'finance, approves payouts'),
  tove: login('tove@evenhand.example', 'Tove Lind', 'operator'),
} as const;

export type DemoPerson = keyof typeof PEOPLE;

export const DEMO_LOGINS: readonly DemoLogin[] = Object.values(PEOPLE);
