import type { Site } from '../../activities/site.ts';
import type { Laboratory } from '../laboratory.ts';
import type { Sealer } from '../sealed.ts';
import { scenarios } from './index.ts';
import { Stage } from './scenario.ts';
import { mend, spoil } from './spoiling.ts';

/** What is amiss in a running estate on purpose, kept with its state: put in, listed, and taken out again. */
export class Practice {
  private readonly laboratory: Laboratory;
  private readonly site: Site;
  private readonly sealer: Sealer;

  constructor(laboratory: Laboratory, site: Site, sealer: Sealer) {
    this.laboratory = laboratory;
    this.site = site;
    this.sealer = sealer;
  }

  get names(): readonly string[] {
    return this.state.map(({ name }) => name);
  }

  /** Puts a scenario in. Throws a RangeError where there is none of this name, or the estate is not so far. */
  add(name: string): void {
    const scenario = scenarios.find((candidate) => candidate.name === name);
    if (!scenario) throw new RangeError(`There is no scenario ${name}`);
    if (this.names.includes(name)) return;
    const { estate } = this.laboratory;
    this.laboratory.alter(() => {
      const stage = new Stage(estate, this.site, this.sealer);
      this.state.push({ name, spoilt: spoil(estate, () => stage.play(scenario)) });
    });
  }

  /** Removes the cause, as the person would that is told of it; what came about since stays. */
  mend(name: string): void {
    const found = this.state.find((one) => one.name === name);
    if (!found) throw new RangeError(`The scenario ${name} is not in this estate`);
    this.laboratory.alter(() => {
      mend(this.laboratory.estate, found.spoilt);
      this.state.splice(this.state.indexOf(found), 1);
    });
  }

  private get state() {
    return (this.laboratory.store.state.scenarios ??= []);
  }
}
