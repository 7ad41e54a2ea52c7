import type { PostedMessage } from './post-all';

export interface GraphqlAnswer {
  readonly status: number;
  readonly data: Record<string, any> | null;
  readonly errors: readonly { message: string; extensions: { code: string; [key: string]: unknown } }[];
}

/** One person's browser, or one machine with an API key: keeps cookies between requests. */
export class GraphqlClient {
  constructor(
    private readonly baseUrl: string,
    private readonly apiKey: string | null = null,
    private cookie = '',
  ) {}

  /** Another browser that stole this one's cookie. */
  thief(): GraphqlClient {
    return new GraphqlClient(this.baseUrl, null, this.cookie);
  }

  /** The answer as it came, whatever it is. */
  async send(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer> {
    const response = await fetch(`${this.baseUrl}/graphql`, { method: 'POST', ...this.message({ query, variables }) });
    this.keepCookies(response.headers.getSetCookie());
    const body = (await response.json()) as Partial<GraphqlAnswer>;
    return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
  }

  /** What is posted to `/graphql`, with this client's credentials. */
  message(body: Record<string, unknown>): PostedMessage {
    return {
      headers: {
        'content-type': 'application/json',
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(this.apiKey === null ? {} : { authorization: `Bearer ${this.apiKey}` }),
      },
      body: JSON.stringify(body),
    };
  }

  /** The data of an operation that must succeed. */
  async ask(query: string, variables: Record<string, unknown> = {}): Promise<Record<string, any>> {
    const { data, errors } = await this.send(query, variables);
    if (errors.length > 0 || data === null) throw new Error(`GraphQL failed: ${JSON.stringify(errors)}\n${query}`);
    return data;
  }

  /**
   * Runs one mutation with its `input` and answers what it answered, with `__typename`; a named business error is an
   * answer too. `selection` is what to select on success type `success`.
   */
  async mutate(name: string, success: string, input: Record<string, unknown>, selection: string): Promise<any> {
    const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const data = await this.ask(
      `mutation ($input: ${inputType}!) {
         ${name}(input: $input) { __typename ... on ${success} { ${selection} } ... on BusinessError { code message } }
       }`,
      { input },
    );
    return data[name];
  }

  /** The same, where anything but success is a failure of the test. */
  async succeed(name: string, success: string, input: Record<string, unknown>, selection: string): Promise<any> {
    const answer = await this.mutate(name, success, input, selection);
    if (answer.__typename !== success) throw new Error(`${name} answered ${JSON.stringify(answer)}`);
    return answer;
  }

  private keepCookies(cookies: readonly string[]): void {
    for (const cookie of cookies) this.cookie = cookie.split(';')[0] ?? '';
  }
}
