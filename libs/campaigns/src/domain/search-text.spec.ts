import { sampleBrief } from '../../../../test/support/campaigns/campaign-samples';
import { searchDocument, searchQuery } from './search-text';

describe('search text', () => {
  it('takes words without accents and case, and unspaced scripts by pairs', () => {
    const { lexemes } = searchDocument(
      sampleBrief({ title: 'Été 手袋新款 バッグ', summary: '-', products: [], deliverables: [] }),
      'Aurore',
    );
    expect(lexemes).toEqual(['ete', 'aurore', 'fashion', '手袋', '袋新', '新款', '款', 'バッ', 'ッグ', 'グ']);
  });

  it('undoes full-width and half-width forms and invisible characters on both sides', () => {
    expect(searchQuery('ﾊﾞｯｸﾞ')).toEqual(searchQuery('バッグ'));
    expect(searchQuery('Ｐｕｒ\u200Bｓｅ')).toEqual(searchQuery('purse'));
  });

  it('takes an elision as two words, ligatures as letters, and leaves the marks of kana', () => {
    expect(searchQuery('L’Œuvre')).toEqual({ lexemes: [], prefixes: ['l', 'oeuvre'], phrases: [] });
    expect(searchQuery('が')).not.toEqual(searchQuery('か'));
  });

  it('finds one character by what begins with it, and longer runs as a whole', () => {
    expect(searchQuery('手')).toEqual({ lexemes: [], prefixes: ['手'], phrases: [] });
    expect(searchQuery('小红书 purse')).toEqual({
      lexemes: ['小红', '红书'],
      prefixes: ['purse'],
      phrases: ['小红书'],
    });
  });

  it('is nothing where there is nothing to look for', () => {
    expect(searchQuery(' \'":*&|!() ')).toBeNull();
  });
});
