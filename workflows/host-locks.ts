/**
 * One host does one thing at a time. A step takes all the hosts that it holds at once or waits, first come
 * first served, so that no two steps can wait for one another.
 */
export class HostLocks {
  private readonly held = new Set<string>();
  private readonly waiting: { readonly hosts: readonly string[]; readonly go: () => void }[] = [];

  async hold<Result>(hosts: readonly string[], work: () => Promise<Result>): Promise<Result> {
    await this.take(hosts);
    try {
      return await work();
    } finally {
      for (const host of hosts) this.held.delete(host);
      this.letGo();
    }
  }

  /** Whether one that wants this host now has to wait. */
  isTaken(host: string): boolean {
    return this.held.has(host) || this.waiting.some(({ hosts }) => hosts.includes(host));
  }

  private take(hosts: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ hosts, go: resolve });
      this.letGo();
    });
  }

  /** A later one may pass an earlier one that waits for another host, but never one that wants the same. */
  private letGo(): void {
    const wanted = new Set(this.held);
    for (const waiter of this.waiting.slice()) {
      const free = waiter.hosts.every((host) => !wanted.has(host));
      for (const host of waiter.hosts) wanted.add(host);
      if (!free) continue;
      for (const host of waiter.hosts) this.held.add(host);
      this.waiting.splice(this.waiting.indexOf(waiter), 1);
      waiter.go();
    }
  }
}
