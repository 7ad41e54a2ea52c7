import { describeWithChromium } from '../chromium/chromium-path';

describeWithChromium('one', () => {
  it('runs', () => undefined);
});

describeWithChromium('two', () => {
  it('runs', () => undefined);
});
