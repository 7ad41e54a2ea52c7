export type LinkFindingKind =
  'url' | 'qr_hint' | 'wechat_id' | 'taobao_id' | 'line_id' | 'link_hint' | 'phone' | 'contact';

export interface LinkRule {
  readonly kind: LinkFindingKind;
  readonly pattern: RegExp;
}

/** Alternatives of one kind; all are read without regard to case, over a text whose look-alike characters are undone. */
function rules(kind: LinkFindingKind, ...patterns: readonly string[]): readonly LinkRule[] {
  return patterns.map((pattern) => ({ kind, pattern: new RegExp(pattern, 'giu') }));
}

const TOP_LEVEL =
  'com|cn|net|org|shop|store|io|co|jp|fr|eu|me|tv|cc|vip|top|link|xyz|app|ly|gl|ee|tb|hk|tw|kr|uk|de|it|es';
// A domain's label must hold a letter, so that "3.5 cm" and "No.1" pass; "。" is how a dot is often disguised. The letter
// is looked for ahead, so that a label can be read in one way only: two ways each would be 2^n ways over a hostile text.
const NAME = String.raw`(?=[0-9-]{0,62}[a-z])[a-z0-9-]{1,63}`;
const DOMAIN = String.raw`(?<![\w@.-])(?:${NAME}[.。])+(?:${TOP_LEVEL})(?![a-z0-9-])(?:/\S*)?`;
// With a space beside the dot only where no sentence goes on so: "I love it. It shines" is no domain.
const SPACED_DOMAIN = String.raw`(?<![\w@.-])(?:${NAME} ?[.。] ?)+(?:com|cn|xyz)(?![a-z0-9-])(?:/\S*)?`;
// A dot in words: "purse点com", "purse dot com", "purse point com", "purse(.)com".
const DISGUISED_DOMAIN = String.raw`(?<![\w@.-])(?!(?:the|a|of|early|every|this) )${NAME} ?(?:点|點|ドット|どっと|[([]\s?(?:\.|dot|point)\s?[)\]]|[·•・]|(?<= )(?:dot|point)(?= )) ?(?:com|cn|org|jp|fr|shop)(?![a-z0-9-])`;

const WECHAT = String.raw`微信|薇信|威信|徽信|微❤|v信|卫星号|绿泡泡|wechat|weixin|(?<![a-z0-9])(?:wx|vx|v❤)`;

const CHINESE_HINTS = [
  ...rules(
    'qr_hint',
    '扫码|扫一扫|扫(?:描)?(?:下方|图中|上方)?(?:的)?[二维]维?码|[二]维[码碼]|掃碼|掃描|识别(?:下方|图中)?(?:的)?(?:图码|小程序码)|长按(?:图片|下图)?识别|小程序码',
  ),
  ...rules(
    'wechat_id',
    String.raw`(?:${WECHAT})\s?(?:号|id|帐号|账号)?\s?(?:[:=]|是|为|搜)?\s?[a-z][a-z0-9_-]{5,19}\b`,
    String.raw`(?:加|➕|(?<![a-z0-9])\+)\s?(?:我|个|一下|下)?\s?(?:的)?(?:微信|薇(?:信)?|威信|徽信|卫星|绿泡泡|微(?!博|笑|妙|小)|v信|vx|wx|v(?![a-z0-9领])|微❤)`,
    '公众号\\s?[:「“"]|关注(?:我的)?公众号|(?:看|加|扫)(?:我)?头像(?:加|扫)|vx?同号|微信同号',
  ),
  ...rules(
    'taobao_id',
    String.raw`(?<![a-z0-9])[¥€$₤](?=[a-z0-9]*[a-z])[a-z0-9]{10,13}[¥€$₤]`,
    String.raw`\((?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{10,13}\)`,
    '(?:淘|淘宝|淘寶|京东|抖音)口令|复制(?:这条|此|本)?[^。!!\\n]{0,16}打开(?:手机)?(?:淘宝|天猫|京东|拼多多|抖音|tb)',
    '[淘桃某掏]宝(?:上)?(?:搜|直接搜|店铺?名?[::])|[tT]ao宝|🍑宝|某橙色(?:软件|app)',
    String.raw`(?:淘宝|天猫|taobao|tmall|\btb)\s?(?:店铺?|号|id|搜索?|shop|store)\s?[:=]?\s?\S+`,
  ),
  ...rules(
    'link_hint',
    '(?:主页|简介|评论区|置顶)(?:里|中)?(?:的|有|见|放)?(?:了)?(?:购买)?链接|链接(?:在|放|见)(?:了)?(?:我)?(?:主页|简介|评论)',
  ),
];

const JAPANESE_HINTS = [
  ...rules('qr_hint', 'QRコード|二次元コード|コードを(?:読み取|スキャン)'),
  ...rules(
    'line_id',
    String.raw`(?:公式\s?)?(?<![a-z])line\s?(?:に|を|で|から|の)?\s?(?:追加|登録|友だち|友達|お友だち|お友達|アカウント|@|公式)|公式\s?line(?![a-z])|(?<![a-z])line\s?(?:id|アカウント)\s?[:@=]?\s?\S+|友だち追加|友達追加|ライン(?:を)?(?:追加|登録|交換)`,
  ),
  ...rules(
    'link_hint',
    'プロフ(?:ィール)?(?:欄|画面)?(?:にある|の|に|から|記載の)?(?:リンク|url)|(?:リンク|url)は(?:プロフ|ストーリー|ハイライト|コメント)|(?:ストーリー|ハイライト)(?:ズ)?(?:の|に)(?:ある)?リンク',
  ),
];

const WESTERN_HINTS = [
  ...rules(
    'qr_hint',
    String.raw`\bqr[\s-]?codes?\b|\bcodes?[\s-]qr\b|\bscan (?:the|this|my|our) (?:qr |bar)?code\b|\b(?:scann|flash)(?:e|ez|er) (?:le|ce|mon|notre|nos) (?:qr|code)`,
  ),
  ...rules(
    'wechat_id',
    String.raw`\badd (?:me|us|my) (?:on |to )?wechat\b|\bajoute[rz]?(?:-| )(?:moi|nous) sur wechat\b`,
  ),
  ...rules(
    'link_hint',
    String.raw`\blinks?\s?(?:is |are |'s )?(?:in|on) (?:my |the |our |her )?(?:bio|profile|comments?|stor(?:y|ies))\b|\bbio[\s-]?link\b|#?\blinkinbio\b|\bswipe[\s-]?up\b|\blink[\s-]?tree\b`,
    String.raw`\bliens?\s?(?:est |sont |dispo(?:nible)?s? |à retrouver )?(?:en|dans) (?:ma |la |notre |sa |mes )?(?:bio|profil|story|stories|commentaires?)(?![a-zà-ÿ])|\b(?:balaye|glisse|swipe)[rz]? vers le haut\b|#?\blienenbio\b`,
  ),
];

// Digits with what people put between them; never part of a longer number, such as an order's.
const SEPARATED = String.raw`(?:[\s.-]?\d)`;
const REACH = [
  ...rules(
    'phone',
    String.raw`(?<![\d.])1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)`,
    String.raw`(?<![\d\w+])\+\d{1,3}${SEPARATED}{7,13}(?!\d)`,
    String.raw`(?<![\d-])0[5789]0[\s-]?\d{4}[\s-]?\d{4}(?!\d)`,
    String.raw`(?<![\d.])0[1-9](?:[\s.-]\d{2}){4}(?!\d)`,
    String.raw`(?<!\d)0[67]\d{8}(?!\d)`,
  ),
  ...rules(
    'contact',
    String.raw`\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b`,
    String.raw`\bqq\s?(?:号|群)?\s?[:=]?\s?[1-9]\d{4,10}\b|(?:企鹅|扣扣)(?:号|群)?\s?[:=]?\s?[1-9]\d{4,10}\b`,
    String.raw`\b(?:whatsapp|telegram)\b\s?(?:me|us|moi|nous|:|@|\+|\d)|\bsur (?:whatsapp|telegram)\b`,
  ),
];

/** First those whose passages are longest, since a passage within another is not told of again. */
export const LINK_RULES: readonly LinkRule[] = [
  ...rules(
    'url',
    String.raw`\b(?:https?|ftp|weixin|taobao|tbopen|snssdk\d*)\s?:\s?\/\/\S+`,
    String.raw`\bwww\.\S+`,
    DOMAIN,
    SPACED_DOMAIN,
    DISGUISED_DOMAIN,
  ),
  ...CHINESE_HINTS,
  ...JAPANESE_HINTS,
  ...WESTERN_HINTS,
  ...REACH,
];
