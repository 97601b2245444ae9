import { request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { request as secureRequest } from 'node:https';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The address that was asked. */
  readonly url: string;
}

interface Asking {
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the connection goes, if not to the host of the address. */
  readonly through?: string;
}

/** What a browser does, as far as sign-in needs it: cookies by host and path, forms with their origin, redirects on demand. */
export class HttpBrowser {
  /** By origin without its port, since browsers do not tell ports apart. */
  readonly cookies = new Map<string, Map<string, string>>();
  private readonly ca: string | undefined;

  constructor(ca?: string) {
    this.ca = ca;
  }

  ask(address: string, { form, headers = {}, through }: Asking = {}): Promise<Answer> {
    const url = new URL(address);
    const to = new URL(through ?? address);
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const send = to.protocol === 'https:' ? secureRequest : plainRequest;
    return new Promise((resolve, reject) => {
      const request = send(
        {
          host: to.hostname.replaceAll(/[[\]]/g, ''),
          port: to.port,
          path: url.pathname + url.search,
          method: body === undefined ? 'GET' : 'POST',
          agent: false,
          ...(this.ca !== undefined && { ca: this.ca }),
          headers: {
            host: url.host,
            accept: 'text/html',
            cookie: this.cookiesFor(url),
            ...(body !== undefined && {
              'content-type': 'application/x-www-form-urlencoded',
              origin: url.origin,
            }),
            ...headers,
          },
        },
        (response) => {
          let text = '';
          this.keep(url, response.headers['set-cookie'] ?? []);
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, url: url.href }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Follows where it is led, up to an answer that leads nowhere. */
  async open(address: string, asking: Asking = {}): Promise<Answer> {
    let answer = await this.ask(address, asking);
    while (answer.headers.location !== undefined && answer.status < 400) {
      answer = await this.ask(new URL(answer.headers.location, answer.url).href);
    }
    return answer;
  }

  /** All cookies that a host has set, as one header. */
  cookiesFor({ hostname, pathname }: URL): string {
    return [...(this.cookies.get(hostname) ?? [])]
      .filter(([key]) => pathname.startsWith(key.slice(key.indexOf(' ') + 1)))
      .map(([key, value]) => `${key.slice(0, key.indexOf(' '))}=${value}`)
      .join('; ');
  }

  private keep({ hostname }: URL, set: readonly string[]): void {
    const kept = this.cookies.get(hostname) ?? new Map<string, string>();
    this.cookies.set(hostname, kept);
    for (const cookie of set) {
      const [pair = '', ...attributes] = cookie.split(/;\s*/);
      const at = pair.indexOf('=');
      const path = /^path=(.*)$/i.exec(attributes.find((one) => /^path=/i.test(one)) ?? '')?.[1] ?? '/';
      const key = `${pair.slice(0, at)} ${path}`;
      const isOver = attributes.some((one) => /^(max-age=0|expires=Thu, 01 Jan 1970)/i.test(one));
      if (isOver) kept.delete(key);
      else kept.set(key, pair.slice(at + 1));
    }
  }
}
