import { EMPTY_AUDIENCE } from '@evenhand/parties';
import type { Cast } from './cast';

/** Everybody signs up, the agency gets its mandate, and payees say where their money goes. */
export async function gatherPeople(cast: Cast): Promise<void> {
  await cast.staff('tove', 'operator');
  await cast.staff('noor', 'finance_preparer');
  await cast.staff('emil', 'finance_approver');
  await cast.brand('camille', 'Maison Lumette', 'FR', 'fr');
  await cast.brand('haruto', 'Kumori', 'JP', 'ja');
  await cast.brand('qing', '清禾 Qinghe Studio', 'CN', 'zh');
  await cast.agency('aoi', 'Hanabira Talent', 'JP', 'ja');
  await gatherInfluencers(cast);
  // Of what the platform leaves of a commission (8 of 10 points) the agency takes three eighths: 3 points, 5 remain.
  const commissionCut = { of: 'remainder', share: '3/8' } as const;
  await cast.mandate('aoi', 'mika', {
    cash: { of: 'gross', share: '0.20' },
    note_commission: commissionCut,
    livestream_commission: commissionCut,
  });
  await openBankAccounts(cast);
}

async function gatherInfluencers(cast: Cast): Promise<void> {
  await cast.influencer('mika', {
    displayName: '新井 美香 Mika Arai',
    country: 'JP',
    locale: 'ja',
    bio: '東京からファッションとバッグを。小红书でも毎週ライブ配信。',
    categories: ['fashion', 'bags'],
    markets: ['JP', 'CN'],
    languages: ['ja', 'zh'],
    channels: [
      {
        platform: 'xiaohongshu',
        handle: 'mika_arai',
        url: 'https://www.xiaohongshu.com/user/profile/mika-arai',
        followers: 512_000n,
        audience: {
          countries: [
            { segment: 'CN', percent: 71 },
            { segment: 'JP', percent: 22 },
          ],
          ages: [{ segment: '18-24', percent: 48 }],
          genders: [{ segment: 'female', percent: 83 }],
        },
      },
    ],
  });
  await cast.influencer('lin', {
    displayName: '林悦 Lin Yue',
    country: 'CN',
    locale: 'zh',
    bio: '上海通勤穿搭，专注国货设计师品牌。',
    categories: ['fashion', 'lifestyle'],
    markets: ['CN'],
    languages: ['zh'],
    channels: [channel('xiaohongshu', 'linyue', 'https://www.xiaohongshu.com/user/profile/lin-yue', 86_000n)],
  });
  await cast.influencer('chloe', {
    displayName: 'Chloé Martin',
    country: 'FR',
    locale: 'fr',
    bio: 'Maroquinerie et petits ateliers, de Paris.',
    categories: ['fashion', 'craft'],
    markets: ['FR', 'BE'],
    languages: ['fr', 'en'],
    channels: [channel('instagram', 'chloe.martin', 'https://www.instagram.com/chloe.martin/', 41_500n)],
  });
}

function channel(platform: 'xiaohongshu' | 'instagram', handle: string, url: string, followers: bigint) {
  return { platform, handle, url, followers, audience: EMPTY_AUDIENCE };
}

/** Lin has not given a bank account yet, so that one payee shows why money waits. */
async function openBankAccounts(cast: Cast): Promise<void> {
  const mika = { holder: 'MIKA ARAI', accountNumber: '1234567', bankCode: '0005001', country: 'JP' };
  await cast.bankAccount('mika', 'JPY', mika);
  await cast.bankAccount('mika', 'CNY', mika);
  await cast.bankAccount('mika', 'EUR', mika);
  const hanabira = { holder: 'HANABIRA TALENT KK', accountNumber: '7654321', bankCode: '0009012', country: 'JP' };
  await cast.bankAccount('aoi', 'JPY', hanabira);
  await cast.bankAccount('aoi', 'CNY', hanabira);
  await cast.bankAccount('aoi', 'EUR', hanabira);
  await cast.bankAccount('chloe', 'EUR', { holder: 'Chloé Martin', iban: 'FR1420041010050500013M02606' });
}
