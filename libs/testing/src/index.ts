export { chromiumPath, describeWithChromium } from './chromium/chromium-path';
export { copyTestDatabase, createTestDatabase, type TestDatabase } from './postgres/create-test-database';
export { describeWithRedis, startTestRedis, type TestRedis } from './redis/start-test-redis';
