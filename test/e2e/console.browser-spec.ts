import fastifyHelmet from '@fastify/helmet';
import { chromiumPath, describeWithChromium } from '@evenhand/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { buildSchema, graphql } from 'graphql';
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { serveConsole } from '../../apps/api/src/http/console-files';
import { contentSecurityPolicy } from '../../apps/api/src/http/content-security-policy';

@Module({})
class NothingModule {}

const schema = buildSchema('type Query { greeting: String }');
const rootValue = { greeting: 'good day' };

/** The console's files and policy as the API serves them, over a schema of one field. */
async function startServer(): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(NothingModule, new FastifyAdapter(), { logger: false });
  await app.register(fastifyHelmet, { contentSecurityPolicy: contentSecurityPolicy(false) });
  await serveConsole(app);
  app
    .getHttpAdapter()
    .getInstance()
    .post('/graphql', (request) => {
      const { query } = request.body as { query: string };
      return graphql({ schema, source: query, rootValue });
    });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Everything the page complains about, and every request that leaves its origin. */
function complaintsOf(page: Page, origin: string): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(blob|data):/.test(url)) complaints.push(`elsewhere: ${url}`);
  });
  return complaints;
}

describeWithChromium('the API console', () => {
  let app: NestFastifyApplication;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    execFileSync(process.execPath, [resolve(__dirname, '../../apps/console/build.mjs')]);
    app = await startServer();
    origin = await app.getUrl();
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('opens with a document that explains signing in, from this origin alone and without complaint', async () => {
    const page = await browser.newPage();
    const complaints = complaintsOf(page, origin);
    await page.goto(`${origin}/graphiql`);
    await page.getByText('signIn').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('runs a query that was typed in', async () => {
    const page = await browser.newPage();
    const complaints = complaintsOf(page, origin);
    await page.goto(`${origin}/graphiql`);
    const editor = page.locator('.graphiql-query-editor .view-lines').first();
    await editor.click();
    await page.keyboard.press('Control+A');
    // The editor closes the brace by itself.
    await page.keyboard.insertText('{ greeting');
    await page.keyboard.press('Control+Enter');
    await page.locator('.result-window').getByText('good day').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is reached from the start page', async () => {
    const page = await browser.newPage();
    const complaints = complaintsOf(page, origin);
    await page.goto(origin);
    await page.getByRole('link', { name: 'API console' }).first().click();
    await page.waitForURL('**/graphiql');
    expect(complaints).toEqual([]);
    await page.close();
  });
});
